// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "detect/records/run.hpp"
#include "detect/rules/context.hpp"
#include "detect/sink.hpp"
#include "gui/session/tile_server.hpp"
#include "report/clips/clip.hpp"
#include "report/picture/emission_plots.hpp"
#include "report/picture/noise_history.hpp"
#include "report/rows/tile_store.hpp"
#include "report/sinks/levelled.hpp"
#include "report/store/store_url.hpp"
#include "sdr/inspection.hpp"
#include "sdr/receivers/receiver_link.hpp"
#include "sdr/recording.hpp"

#include <QObject>
#include <QTimer>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <thread>
#include <vector>

namespace gacsong {
struct LineSettings;
}

namespace gacsong::gui {

/// What recordings are compared with.
struct Comparison {
    std::shared_ptr<const JudgeContext> context;
    std::vector<Message> problems;  ///< rows that are not used
    std::vector<std::string> files; ///< where it was loaded from, with hashes (StoreSink::set_compared_with())
};

/// Files that the comparison is loaded from; empty: none, or the default.
struct ComparisonFiles {
    std::string plan;
    std::string register_file;
    std::string ignore_file;
    bool operator==(const ComparisonFiles&) const = default;
};

/// Loads a comparison; called from the session's thread.
using LoadComparison = std::function<Result<Comparison>(const ComparisonFiles&)>;

/// Takes what was measured of a receiver's clock into the settings, and says of it what there is to say; called from
/// the session's thread.
using UseCalibration = std::function<std::optional<Message>(const sdr::ReceiverFacts&, Instant, LineSettings&)>;

/// What was kept of the levels of a receiver as it is set now; called from the session's thread.
using UseLevels = std::function<KnownLevels(const sdr::ReceiverFacts&)>;

/// What a recording is, once it is open.
struct OpenRecording {
    std::string path;
    sdr::InputFlags flags;
    StreamInfo stream;
    Timeline timeline;
    std::shared_ptr<const History> history;
    std::shared_ptr<const JudgeContext> context;
    std::optional<sdr::ReceiverSettings> receiver; ///< set where it is a receiver that goes on
    std::shared_ptr<sdr::ReceiverLink> link;
    std::shared_ptr<const sdr::LevelCalibration> levels; ///< null: levels stay in dBFS

    [[nodiscard]] bool live() const { return link != nullptr; }
};

/// A channel on which a base station was looked for.
struct SearchedChannel {
    double center_hz = 0.0;
    std::string technology;
    std::string outcome; ///< `no-energy`, `no-fcch`, `no-sch`, `crc-failed`, `decoded`
};

/// Owns the work on one recording and hands its results to the window, at most thirty times a second. The window
/// computes nothing: reading, transforming, detecting and judging happen in threads of the session, through the same
/// line as `gacsong scan`.
class Session final : public QObject {
    Q_OBJECT

public:
    enum class Phase { empty, opening, scanning, done, failed };

    explicit Session(LoadComparison load, QObject* parent = nullptr);
    ~Session() override;

    void set_files(ComparisonFiles files) { files_ = std::move(files); }
    [[nodiscard]] const ComparisonFiles& files() const { return files_; }
    /// Where runs are kept from the next opening on; nothing: nowhere.
    void set_store(std::optional<StoreAddress> store) { store_ = std::move(store); }
    [[nodiscard]] bool has_store() const { return store_.has_value(); }
    /// Number of the present run in the store, once it is there.
    [[nodiscard]] const std::optional<std::int64_t>& stored_run() const { return stored_run_; }
    /// The clock error, as stated, of what is opened next; nothing: as it was measured, if it was.
    void set_clock(std::optional<double> ppm) { ppm_ = ppm; }
    void set_calibration(UseCalibration use) { calibration_ = std::move(use); }
    void set_levels(UseLevels use) { levels_ = std::move(use); }

    /// Leaves what is open and opens another recording. Answers by opened() or failed().
    void open(const std::string& path, const sdr::InputFlags& flags);
    /// The same with a receiver: `address` as `soapy:driver=…`.
    void listen(const std::string& address, const sdr::ReceiverSettings& settings);
    /// Ends all work; what was found stays to be looked at.
    void stop();

    /// Where the results of a line enter, from any one thread, until another recording is opened.
    [[nodiscard]] std::unique_ptr<Sink> tap();

    [[nodiscard]] Phase phase() const { return phase_; }
    /// Set once opened() was said.
    [[nodiscard]] const std::optional<OpenRecording>& recording() const { return recording_; }
    [[nodiscard]] const std::optional<Error>& error() const { return error_; }
    [[nodiscard]] const std::string& path() const { return path_; }
    [[nodiscard]] const Run& run() const { return run_; }
    [[nodiscard]] const std::optional<End>& end() const { return end_; }
    /// Share of the recording that has been scanned, 0 … 1.
    [[nodiscard]] double analysed() const { return analysed_; }

    [[nodiscard]] const std::vector<Emission>& emissions() const { return emissions_; }
    [[nodiscard]] std::vector<Finding> findings_of(const std::string& emission) const;
    [[nodiscard]] const std::vector<Cell>& cells() const { return cells_; }
    /// Each once, with the best that came of it; ascending in frequency.
    [[nodiscard]] const std::vector<SearchedChannel>& searched_channels() const { return searched_; }
    /// Name of a network in the plan; empty where it has none.
    [[nodiscard]] std::string network_name(const std::string& plmn) const;
    [[nodiscard]] const std::vector<Gap>& gaps() const { return gaps_; }
    /// What counted as noise.
    [[nodiscard]] const picture::NoiseHistory& noise() const { return noise_; }
    [[nodiscard]] const std::vector<Message>& warnings() const { return warnings_; }

    [[nodiscard]] const TileStore& tiles() const { return tiles_; }
    /// Largest level of each bin since opening or reset_hold(), hundredths of a decibel; empty where nothing came.
    [[nodiscard]] const std::vector<std::int16_t>& hold(std::uint8_t log2_bins) { return hold_[log2_bins]; }
    void reset_hold() { hold_.clear(); }

    /// Asks for the rows of a picture, those of the first range first.
    struct Range {
        TileGrid grid;
        double from_s = 0.0;
        double to_s = 0.0;
    };
    void want(const std::vector<Range>& ranges);
    [[nodiscard]] bool rows_pending() const { return server_ && server_->busy(); }

    /// Reads an emission again for its small plots; answers by plots_ready().
    void request_plots(int row);
    [[nodiscard]] const picture::EmissionPlots& plots() const { return plots_; }

    /// Cuts the emission out of the recording, `path` without suffix; answers by clip_saved().
    void save_clip(int row, const std::filesystem::path& path, const Wording& words);

    [[nodiscard]] const Result<std::filesystem::path>& clip() const { return clip_; }

    /// Counts an emission as ignored from now on, as the ignore list says that was just written to.
    void mark_ignored(int row, const std::string& reason, std::optional<Instant> until);

Q_SIGNALS:
    void plots_ready(int row);
    void clip_saved();
    void emission_changed(int row);
    void opening();
    void opened();
    void failed();
    void rows_changed();
    void warned(int first);
    void grown(); ///< a receiver has given more
    void emissions_added(int first, int count);
    void danger(const QString& subject); ///< the first finding of that gravity on an emission or a cell
    void cells_changed();                ///< base stations or searched channels came in
    void emission_leaving(int row);      ///< a row is about to go: what was told of turned out to be none
    void emission_left(int row);         ///< it is gone; those behind it have moved up
    void progressed();
    void ended();

private:
    /// An emission as far as it is known; it may be told again under the same id.
    struct Seen {
        Emission emission;
        std::vector<Finding> findings;
    };
    /// What is to be opened.
    struct Input {
        std::string path;
        sdr::InputFlags flags;
        std::optional<sdr::ReceiverSettings> receiver;
    };
    /// What the threads have to say until the window listens again.
    struct News {
        std::vector<TilePtr> tiles;
        std::vector<Seen> emissions;
        std::vector<std::string> withdrawn; ///< ids of emissions that were none
        std::vector<NoiseLevel> noise;
        std::vector<Cell> cells;
        std::vector<SearchedChannel> searched;
        std::vector<Finding> findings;
        std::vector<Segment> segments; ///< of a receiver
        std::uint64_t stored_end = 0;  ///< samples that it has given
        std::vector<Gap> gaps;
        std::vector<Message> warnings;
        std::optional<Run> run;
        std::optional<OpenRecording> recording;
        std::optional<Error> error;
        std::optional<End> end;
        std::optional<std::int64_t> stored_run;
        double analysed = 0.0;
    };
    class Tap;
    class Followed;

    void start(Input input);
    /// What the thread of a run needs, as it was when it began.
    struct Task {
        Input input;
        LoadComparison load;
        ComparisonFiles files;
        std::optional<double> ppm;
        UseCalibration calibration;
        UseLevels levels;
        std::optional<StoreAddress> store;
        std::uint64_t number = 0;
    };
    void work(const std::stop_token& stop, const Task& task);
    [[nodiscard]] Result<OpenRecording> open_input(const Input& input, std::unique_ptr<SampleSource>& source,
                                                   const std::stop_token& stop) const;
    [[nodiscard]] std::vector<std::string> take_findings(News& news);
    void take_emissions(std::vector<Seen> seen);
    void take_cells(std::vector<Cell> cells, std::vector<SearchedChannel> searched);
    void withdraw(const std::vector<std::string>& ids);
    void take_growth(const News& news);
    /// Adds to the news; from any thread. News of a recording that was left are dropped.
    template <class Change> void tell(std::uint64_t number, Change change);
    void collect();
    void take_tiles(std::vector<TilePtr> tiles);

    LoadComparison load_;
    ComparisonFiles files_;
    std::optional<double> ppm_;
    UseCalibration calibration_;
    UseLevels levels_;
    std::optional<StoreAddress> store_;
    std::optional<std::int64_t> stored_run_;
    std::set<std::string> dangers_; ///< what was told of
    Phase phase_ = Phase::empty;
    std::string path_;
    std::optional<OpenRecording> recording_;
    std::optional<Error> error_;
    Run run_;
    std::optional<End> end_;
    double analysed_ = 0.0;
    std::vector<Emission> emissions_;
    std::map<std::string, std::size_t> places_; ///< of emissions by their ids
    std::vector<Segment> segments_;
    std::multimap<std::string, Finding> findings_;
    std::vector<Cell> cells_;
    std::vector<SearchedChannel> searched_;
    std::vector<Gap> gaps_;
    picture::NoiseHistory noise_;
    std::vector<Message> warnings_;
    TileStore tiles_;
    std::map<std::uint8_t, std::vector<std::int16_t>> hold_;

    std::mutex mutex_;
    News news_;
    bool announced_ = false;
    std::uint64_t number_ = 0; ///< of the recording
    QTimer pace_;
    std::unique_ptr<TileServer> server_;
    std::jthread worker_;
    picture::EmissionPlots plots_;
    Result<std::filesystem::path> clip_;
    std::jthread plotter_;
    std::jthread clipper_;
};

} // namespace gacsong::gui
