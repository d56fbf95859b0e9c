// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "apps/gacsong/sweep/tapped_source.hpp"
#include "detect/line/line.hpp"
#include "detect/plan/plan.hpp"
#include "detect/rules/judge.hpp"
#include "detect/sink.hpp"
#include "detect/sweep/look_plan.hpp"
#include "detect/sweep/sightings.hpp"
#include "report/power/power_file.hpp"
#include "report/power/power_meter.hpp"
#include "report/sinks/collector.hpp"
#include "sdr/receivers/stepper.hpp"

#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <set>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

namespace gacsong::app {

/// What a sweep does.
struct SweepOrder {
    detect::SweepWish wish;
    std::vector<detect::PlannedLook> round;
    unsigned rounds = 1;                ///< 0: until stop_after_s, or for ever
    std::optional<double> stop_after_s; ///< of time
    double step_hz = 5'000.0;           ///< of the power table
    bool search_cells = true;
    bool search_emissions = true;
};

/// Goes over the span of an order with a receiver, look by look, each look through the line of every scan; joins what
/// the looks show, looks a second time where that is needed, and tells the sinks.
class SweepRun {
public:
    /// Everything must outlive it; `power` may be null.
    SweepRun(std::shared_ptr<sdr::ReceiverLink> link, const Judge& judge, const Plan& plan, LineSettings settings,
             SweepOrder order, std::span<Sink* const> sinks, PowerFile* power, std::stop_token stop);

    /// Runs to the end of the order. What went wrong is in End::why.
    [[nodiscard]] End run(const Run& run, const std::vector<Message>& preface);

private:
    /// What a look showed of the transmitters that are known.
    struct Shown {
        detect::Looked looked;
        std::set<std::uint64_t> numbers;
        double floor_db = 0.0;     ///< level that a fifth of the steps stay below, by step of the table
        bool wide_carrier = false; ///< something strong and wide enough for a base station
    };

    /// A sink that fails is named once and left out from then on.
    void tell(const std::function<Status(Sink&)>& call);
    void warn(const Message& message);
    [[nodiscard]] bool over() const;
    [[nodiscard]] double due_s() const; ///< seconds since the sweep began

    /// One tuning. Nothing where the sweep ends with it.
    std::optional<Shown> look(const detect::PlannedLook& planned, const char* why, bool cells);
    void write_power(const PowerMeter& meter, const detect::PlannedLook& planned, double center_hz, Instant start);
    [[nodiscard]] double floor_of(const PowerMeter& meter, const detect::PlannedLook& planned, double center_hz) const;
    void take_cells(const Collector& told, double at_s);

    void round();
    void look_closer(const Shown& shown);
    void search_cells(const Shown& shown, const detect::PlannedLook& planned);
    void second_looks();
    [[nodiscard]] detect::PlannedLook look_around(double center_hz, double dwell_s) const;
    bool second_look(std::uint64_t number, double dwell_s, const char* why);
    void tell_raised();
    void announce();
    void give_out(std::vector<detect::Sighted> ended);
    [[nodiscard]] Emission emission_of(const detect::Sighted& sighted);
    [[nodiscard]] bool suspicious(const detect::Sighted& sighted);

    std::shared_ptr<sdr::ReceiverLink> link_;
    sdr::Stepper stepper_;
    const Judge& judge_;
    const Plan& plan_;
    LineSettings settings_;
    SweepOrder order_;
    std::vector<Sink*> sinks_;
    PowerFile* power_;
    std::stop_token stop_;
    std::chrono::steady_clock::time_point clock_;
    std::optional<Instant> begun_; ///< of the first sample of the first look
    double middle_hz_ = 0.0;
    unsigned round_ = 0;
    unsigned extra_ = 0; ///< looks of this round that the order did not name
    std::size_t left_out_ = 0;
    double done_s_ = 0.0;
    std::optional<double> planned_s_; ///< of signal, as far as that is known
    detect::Sightings sightings_;
    std::vector<detect::Looked> looks_;
    std::vector<std::pair<detect::PlannedLook, double>> floors_; ///< of the first round
    std::map<std::uint64_t, std::string> ids_;
    std::set<std::uint64_t> announced_;
    std::uint64_t last_id_ = 0;
    std::set<std::string> told_cells_;
    std::vector<Message> said_;
    std::optional<Message> failed_;
    End end_;
};

} // namespace gacsong::app
