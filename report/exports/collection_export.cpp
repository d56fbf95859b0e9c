// SPDX-License-Identifier: GPL-3.0-or-later
// A SigMF collection of the recordings that runs rest on.
#include "report/evidence/file_hash.hpp"
#include "report/exports/exporter.hpp"

#include <nlohmann/json.hpp>

#include <filesystem>
#include <set>

namespace gacsong {
namespace {

namespace fs = std::filesystem;
using nlohmann::ordered_json;

class CollectionExporter final : public Exporter {
public:
    explicit CollectionExporter(ExportInput& input) : input_(input) {}

    void add(const papers::RunMaterial& run) override
    {
        fs::path meta = run.stored.path.empty() ? run.stored.run.stream.input : run.stored.path;
        if (meta.extension() == ".sigmf-data")
            meta.replace_extension(".sigmf-meta");
        std::error_code error;
        // A collection names recordings that lie beside it.
        const bool beside = fs::equivalent(meta.parent_path().empty() ? fs::path(".") : meta.parent_path(),
                                           input_.folder.empty() ? fs::path(".") : fs::path(input_.folder), error);
        if (meta.extension() != ".sigmf-meta" || !beside || !fs::is_regular_file(meta, error)) {
            input_.warnings.emplace_back("export.not_beside",
                                         std::vector<Argument>{{"file", run.stored.run.stream.input}});
            return;
        }
        if (const std::string name = meta.stem().string(); names_.insert(name).second)
            streams_.push_back({{"name", name}, {"hash", evidence::sha512_of_file(meta)}});
    }

    std::string finish() override
    {
        const ordered_json whole{{"collection", {{"core:version", "1.2.5"}, {"core:streams", streams_}}}};
        return whole.dump(2, ' ', false, ordered_json::error_handler_t::replace) + "\n";
    }

private:
    ExportInput& input_;
    std::set<std::string> names_;
    ordered_json streams_ = ordered_json::array();
};

} // namespace

std::unique_ptr<Exporter> collection_exporter(ExportInput& input)
{
    return std::make_unique<CollectionExporter>(input);
}

} // namespace gacsong
