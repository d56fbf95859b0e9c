// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "detect/records/fields.hpp"
#include "dsp/message.hpp"
#include "dsp/sample_source.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace gacsong {

enum class Severity { notice, serious, danger };

/// A rule that fired on an emission, or a cell judged suspect or fake.
struct Finding {
    std::string id;      ///< `f1`, …
    std::string subject; ///< id of the emission or cell
    std::string rule;
    Severity severity = Severity::notice;
    std::optional<double> center_hz;
    Message message;
    std::string reference;
    static constexpr auto fields = std::tuple{
        Field{"id", &Finding::id},
        Field{"subject", &Finding::subject},
        Field{"rule", &Finding::rule},
        Field{"severity", &Finding::severity},
        Field{"center_hz", &Finding::center_hz},
        Field{"message", &Finding::message},
        Field{"reference", &Finding::reference},
    };
};

/// First line of each input.
struct Run {
    std::string program; ///< `gacsong 0.1.0`
    StreamInfo stream;
    std::string plan;                  ///< name and edition
    std::string register_name;         ///< file of the licence register; empty: none
    std::vector<std::string> settings; ///< what decided the result (resolution, Pfa), `key=value`
    std::optional<double> low_hz;      ///< of a sweep: what it covers
    std::optional<double> high_hz;
};

struct Gap {
    double at_s = 0.0;
    std::uint64_t samples = 0;
    std::string why; ///< `overflow`, `file`, `device`, `not-finite`
    static constexpr auto fields =
        std::tuple{Field{"at_s", &Gap::at_s}, Field{"samples", &Gap::samples}, Field{"why", &Gap::why}};
};

/// One tuning of a receiver that looks at a wider span than it receives: what was seen, and for how long.
struct Look {
    double at_s = 0.0; ///< from the start of the run
    double seconds = 0.0;
    double center_hz = 0.0;
    double low_hz = 0.0; ///< what was taken from it
    double high_hz = 0.0;
    std::string why; ///< `sweep`, `second`, `dwell`, `cells`
    static constexpr auto fields = std::tuple{
        Field{"at_s", &Look::at_s},     Field{"seconds", &Look::seconds}, Field{"center_hz", &Look::center_hz},
        Field{"low_hz", &Look::low_hz}, Field{"high_hz", &Look::high_hz}, Field{"why", &Look::why},
    };
};

/// The noise floor as the detector learnt it for a stretch of time, and how far above it something must stand.
struct NoiseLevel {
    double at_s = 0.0; ///< from the start of the run
    double seconds = 0.0;
    std::vector<float> dbfs_per_hz; ///< densities of equal parts of the band, frequency ascending
    double open_db = 0.0;           ///< above the floor, where an emission begins
    double close_db = 0.0;          ///< where it goes on
};

/// Where the receiver was.
struct TrackPoint {
    double at_s = 0.0; ///< from the start of the run
    Instant when;
    double latitude = 0.0; ///< degrees, WGS 84
    double longitude = 0.0;
    std::optional<double> altitude_m; ///< above the ellipsoid
    std::optional<double> error_m;    ///< horizontal, 95 %
    std::optional<std::uint64_t> satellites;
    std::optional<double> mean_ss_db; ///< strength of the satellites' signals: falls when they are disturbed
    static constexpr auto fields = std::tuple{
        Field{"at_s", &TrackPoint::at_s},
        Field{"when", &TrackPoint::when},
        Field{"latitude", &TrackPoint::latitude},
        Field{"longitude", &TrackPoint::longitude},
        Field{"altitude_m", &TrackPoint::altitude_m},
        Field{"error_m", &TrackPoint::error_m},
        Field{"satellites", &TrackPoint::satellites},
        Field{"mean_ss_db", &TrackPoint::mean_ss_db},
    };
};

/// Last line of each input.
struct End {
    bool complete = true;
    std::optional<Message> why;        ///< set where complete is false
    std::uint64_t samples = 0;         ///< complex samples read
    std::uint64_t skipped_samples = 0; ///< among them, not usable (not finite)
    std::uint64_t gaps = 0;
    std::uint64_t emissions = 0;
    std::uint64_t cells = 0;
    std::uint64_t findings = 0;
    double seconds = 0.0; ///< wall time
    bool interrupted = false;
    static constexpr auto fields = std::tuple{
        Field{"complete", &End::complete}, Field{"why", &End::why},
        Field{"samples", &End::samples},   Field{"skipped_samples", &End::skipped_samples},
        Field{"gaps", &End::gaps},         Field{"emissions", &End::emissions},
        Field{"cells", &End::cells},       Field{"findings", &End::findings},
        Field{"seconds", &End::seconds},
    };
};

/// How far a run has come; for progress bars.
struct Progress {
    double done_s = 0.0; ///< seconds of signal
    std::optional<double> total_s;
    std::uint64_t emissions = 0;
};

} // namespace gacsong
