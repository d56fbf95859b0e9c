// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/evidence/package.hpp"

#include "report/cases/case_json.hpp"
#include "report/clips/cell_clip.hpp"
#include "report/clips/clips_sink.hpp"
#include "report/evidence/ed25519.hpp"
#include "report/evidence/file_hash.hpp"
#include "report/evidence/zip.hpp"
#include "report/gsmtap/cell_pcap.hpp"
#include "report/json/record_json.hpp"
#include "report/papers/build.hpp"
#include "report/papers/finding_plots.hpp"
#include "report/papers/phrases.hpp"
#include "report/records/compared_with.hpp"
#include "report/store/transaction.hpp"
#include "report/text/time_text.hpp"
#include "report/typeset/figure_image.hpp"
#include "report/typeset/fonts.hpp"
#include "report/typeset/pdf.hpp"
#include "sdr/recorder/sha512.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <sys/timex.h>

#include <QTemporaryDir>
#include <array>
#include <fstream>
#include <sstream>

namespace gacsong::evidence {
namespace {

namespace fs = std::filesystem;
using nlohmann::ordered_json;

std::string sha512(const std::string& text)
{
    sdr::Sha512 hash;
    hash.add(std::as_bytes(std::span(text)));
    return hash.hex();
}

/// What stands between the lines that frame a key.
std::string one_line(const std::string& pem)
{
    std::string key;
    std::istringstream lines(pem);
    for (std::string line; std::getline(lines, line);) {
        if (!line.starts_with("-----"))
            key += line;
    }
    return key;
}

/// Gathers the files of one package.
class Packer {
public:
    Packer(const PackageInput& input, fs::path folder) : in_(input), folder_(std::move(folder)) {}

    Status gather()
    {
        if (Status ready = typeset::load_fonts(); !ready) // pictures are painted before the first paper
            return ready;
        add_case();
        for (const auto& [number, run] : in_.material.runs) {
            add_results(number, run);
            if (std::string pcap = cell_pcap(run.cells); !pcap.empty())
                add(fmt::format("cells/run-{}.pcap", number), std::move(pcap));
        }
        add_pictures();
        for (const papers::Subject& subject : in_.material.subjects) {
            if (subject.emission)
                add_clip(subject);
            else if (subject.cell)
                add_cell_clip(subject);
        }
        Status done = add_report(in_.vi);
        if (done)
            done = add_report(in_.en);
        return done ? add_log() : done;
    }

    /// Adds manifest, sums, key and signature.
    Status seal()
    {
        const auto secret = in_.keys.private_pem();
        if (!secret)
            return tl::unexpected(secret.error());
        add("office.pub", *public_pem_of(*secret));
        add("manifest.json", manifest().dump(2, ' ', false, ordered_json::error_handler_t::replace) + "\n");
        std::string sums;
        for (const ZipEntry& entry : entries_)
            sums += hash_of(entry) + "  " + entry.name + "\n";
        const auto signature = sign(*secret, sums);
        if (!signature)
            return failure("key.broken", {{"file", in_.keys.private_file().string()}}, Fault::usage);
        add("SHA512SUMS", std::move(sums));
        add("signature.ed25519", *signature + "\n");
        return {};
    }

    [[nodiscard]] std::vector<PackagedFile> packaged() const
    {
        std::vector<PackagedFile> files;
        for (const ZipEntry& entry : entries_) {
            std::error_code error;
            const std::uint64_t size = entry.path.empty() ? entry.text.size() : fs::file_size(entry.path, error);
            files.push_back({entry.name, size, hash_of(entry)});
        }
        return files;
    }
    [[nodiscard]] const std::vector<ZipEntry>& entries() const { return entries_; }
    [[nodiscard]] const std::vector<Message>& left_out() const { return left_out_; }

private:
    void add(std::string name, std::string text) { entries_.push_back({std::move(name), std::move(text), {}}); }

    [[nodiscard]] static std::string hash_of(const ZipEntry& entry)
    {
        return entry.path.empty() ? sha512(entry.text) : sha512_of_file(entry.path);
    }

    void add_case()
    {
        const CaseContents& contents = in_.material.contents;
        std::string text = case_json(contents.file) + "\n";
        for (const CaseItem& item : contents.items)
            text += case_item_json(item) + "\n";
        for (const CaseNote& note : contents.notes)
            text += case_note_json(note) + "\n";
        for (const InspectedDevice& device : in_.material.devices)
            text += inspected_device_json(device, {in_.en, in_.vi}) + "\n";
        add("case-file.jsonl", std::move(text));
    }

    void add_results(std::int64_t number, const papers::RunMaterial& run)
    {
        const Wordings both{in_.en, in_.vi};
        std::string text = run_json(run.stored.run) + "\n";
        for (const Message& warning : run.warnings)
            text += warning_json(warning, both) + "\n";
        for (const Gap& gap : run.gaps)
            text += gap_json(gap) + "\n";
        for (const TrackPoint& point : run.track)
            text += position_json(point) + "\n";
        for (const Emission& emission : run.emissions)
            text += emission_json(emission, both, true) + "\n";
        for (const Cell& cell : run.cells)
            text += cell_json(cell, both) + "\n";
        for (const Finding& finding : run.findings)
            text += finding_json(finding, both) + "\n";
        add(fmt::format("results/run-{}.jsonl", number), text + end_json(run.stored.end, both) + "\n");
    }

    void add_pictures()
    {
        const papers::PaperInput input{in_.material, in_.office, in_.vi, in_.program, in_.hand.at};
        papers::Builder builder(input);
        papers::FindingPlots plots(builder);
        for (const papers::Subject& subject : in_.material.subjects) {
            if (!subject.emission && !subject.cell)
                continue;
            const std::string stem = fmt::format("pictures/{}_", name_of(subject));
            const auto spectrum = plots.spectrum(subject);
            if (!spectrum) {
                leave_out(subject, Message("package.unread"), "package.no_picture");
                continue;
            }
            add(stem + "spectrum.png", typeset::figure_png(*spectrum));
            if (const auto waterfall = plots.waterfall(subject))
                add(stem + "waterfall.png", typeset::figure_png(*waterfall));
        }
    }

    [[nodiscard]] static std::string name_of(const papers::Subject& subject)
    {
        return fmt::format("run-{}_{}", subject.run, subject.id());
    }

    void leave_out(const papers::Subject& subject, Message why, const char* what = "package.no_clip")
    {
        left_out_.emplace_back(what, std::vector<Argument>{{"item", fmt::format("{}/{}", subject.run, subject.id())},
                                                           {"why", std::vector<Message>{std::move(why)}}});
    }

    void add_clip(const papers::Subject& subject)
    {
        const papers::RunMaterial& run = in_.material.runs.at(subject.run);
        if (!run.cells.empty())
            return leave_out(subject, Message("package.cells"));
        const auto opened = papers::reopen(run);
        if (!opened)
            return leave_out(subject, opened.error().message);
        const ClipSource source = source_of(*opened);
        std::vector<std::string> rules;
        for (const Finding& finding : subject.findings)
            rules.push_back(finding.rule);
        const std::string name = name_of(subject);
        if (const auto clip = write_clip(source, *subject.emission, rules, folder_ / name, in_.en, {}); !clip)
            return leave_out(subject, clip.error().message);
        add_pair(name);
    }

    /// What a base station broadcasts, and nothing else (contract.md §2).
    void add_cell_clip(const papers::Subject& subject)
    {
        const auto opened = papers::reopen(in_.material.runs.at(subject.run));
        if (!opened)
            return leave_out(subject, opened.error().message);
        const Cell& cell = *subject.cell;
        const std::string name = name_of(subject);
        if (const auto clip = write_cell_clip(source_of(*opened), cell, cell.first_s, ClipSettings{}.longest_of(cell),
                                              folder_ / name, in_.en);
            !clip)
            return leave_out(subject, clip.error().message);
        add_pair(name);
    }

    [[nodiscard]] ClipSource source_of(const papers::Reopened& opened) const
    {
        ClipSource source;
        source.stream = opened.opened.source->info();
        source.timeline = opened.timeline;
        source.history = opened.opened.history.get();
        source.program = in_.program;
        return source;
    }

    void add_pair(const std::string& name)
    {
        for (const char* suffix : {".sigmf-meta", ".sigmf-data"})
            entries_.push_back({"clips/" + name + suffix, {}, folder_ / (name + suffix)});
    }

    Status add_report(const Wording& words)
    {
        const auto lines = papers::load_template("case-report", words.language());
        if (!lines)
            return tl::unexpected(lines.error());
        const auto paper = papers::build_paper(*lines, {in_.material, in_.office, words, in_.program, in_.hand.at});
        if (!paper)
            return tl::unexpected(paper.error());
        auto pdf = typeset::make_pdf(*paper);
        if (!pdf)
            return tl::unexpected(pdf.error());
        add(fmt::format("report.{}.pdf", code(words.language())), std::move(*pdf));
        return {};
    }

    Status add_log()
    {
        const auto log = audit_entries(in_.store.connection());
        if (!log)
            return tl::unexpected(log.error());
        std::string text;
        for (const AuditEntry& e : *log) {
            const ordered_json line{{"entry", e.entry},       {"at", e.at},           {"who", e.who},
                                    {"action", e.action},     {"subject", e.subject}, {"details", e.details},
                                    {"previous", e.previous}, {"hash", e.hash}};
            text += line.dump(-1, ' ', false, ordered_json::error_handler_t::replace) + "\n";
        }
        add("log.jsonl", std::move(text));
        return {};
    }

    [[nodiscard]] ordered_json both(const Message& message) const
    {
        return {{"en", in_.en.text(message)}, {"vi", in_.vi.text(message)}};
    }

    [[nodiscard]] ordered_json run_facts(std::int64_t number, const papers::RunMaterial& run) const
    {
        const Run& made = run.stored.run;
        std::vector<std::string> settings;
        ordered_json compared = ordered_json::array();
        for (const std::string& setting : made.settings) {
            if (const auto file = compared_with(setting))
                compared.push_back({{"kind", file->kind},
                                    {"file", file->file},
                                    {"as_of", file->as_of.empty() ? ordered_json() : ordered_json(file->as_of)},
                                    {"sha512", file->sha512}});
            else
                settings.push_back(setting);
        }
        ordered_json facts{{"run", number},
                           {"input", made.stream.input},
                           {"start", made.stream.start ? ordered_json(rfc3339(*made.stream.start)) : ordered_json()},
                           {"program", made.program},
                           {"plan", made.plan},
                           {"register", made.register_name},
                           {"receiver", made.stream.receiver},
                           {"compared_with", std::move(compared)},
                           {"settings", std::move(settings)},
                           {"frequency_calibrated", papers::frequency_calibrated(run)},
                           {"positions", run.track.size()}};
        // What the run itself said of its calibration: when it was made, how good it is.
        for (const Message& said : run.warnings) {
            if (said.key == "level.used" || said.key == "warn.level" || said.key == "level.other_gain")
                facts["levels"] = both(said);
            if (said.key == "warn.clock")
                facts["frequency"] = both(said);
        }
        return facts;
    }

    [[nodiscard]] ordered_json manifest() const
    {
        ordered_json files = ordered_json::array();
        for (const PackagedFile& one : packaged())
            files.push_back({{"name", one.name}, {"bytes", one.bytes}, {"sha512", one.sha512}});
        ordered_json runs = ordered_json::array();
        for (const auto& [number, run] : in_.material.runs)
            runs.push_back(run_facts(number, run));
        ordered_json missing = ordered_json::array();
        for (const Message& message : left_out_)
            missing.push_back(both(message));
        return {{"schema", 1},
                {"case", in_.material.contents.file.case_id},
                {"program", in_.program},
                {"made_at", rfc3339(in_.hand.at)},
                {"made_by", in_.hand.who},
                {"clock", both(Message(clock_state()))},
                {"equipment", in_.office.equipment},
                {"frequency_calibration", in_.office.frequency_calibration},
                {"level_calibration", in_.office.level_calibration},
                {"runs", runs},
                {"left_out", missing},
                {"files", files}};
    }

    const PackageInput& in_;
    fs::path folder_;
    std::vector<ZipEntry> entries_;
    std::vector<Message> left_out_;
};

} // namespace

std::string clock_state()
{
    timex state{};
    // The kernel knows whether something steers its clock (adjtimex(2)).
    return adjtimex(&state) != TIME_ERROR && (state.status & STA_UNSYNC) == 0 ? "package.clock_ntp"
                                                                              : "package.clock_unknown";
}

Result<Package> write_package(const PackageInput& input, const fs::path& file)
{
    if (const auto secret = input.keys.private_pem(); !secret)
        return tl::unexpected(secret.error());
    const QTemporaryDir folder;
    Packer packer(input, folder.path().toStdString());
    Status done = packer.gather();
    if (done)
        done = packer.seal();
    if (done)
        done = write_zip(file, packer.entries(), input.hand.at);
    if (!done)
        return tl::unexpected(done.error());
    PackageFacts facts{file.filename().string(), fs::file_size(file), sha512_of_file(file), {}, {}, {}, {},
                       packer.packaged()};
    if (const auto key = input.keys.public_pem()) {
        facts.key = one_line(*key);
        facts.fingerprint = fingerprint(*key).value_or("");
    }
    const std::string& case_id = input.material.contents.file.case_id;
    auto transaction = Transaction::begin(input.store.connection());
    if (!transaction)
        return tl::unexpected(transaction.error());
    Status logged = append_audit(input.store.connection(), input.hand, "package-made", case_id, package_details(facts));
    if (logged)
        logged = transaction->commit();
    if (!logged)
        return tl::unexpected(logged.error());
    const std::string hash = facts.sha512;
    return Package{hash, packer.entries().size(), std::move(facts), packer.left_out()};
}

} // namespace gacsong::evidence
