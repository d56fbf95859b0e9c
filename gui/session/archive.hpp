// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "report/cases/cases.hpp"

#include <QObject>
#include <functional>
#include <optional>
#include <string>
#include <thread>
#include <vector>

namespace gacsong::gui {

/// Where something was heard in an earlier run.
struct Heard {
    double center_hz = 0.0;
    double bandwidth_hz = 0.0;
};

/// What earlier runs heard of one emission.
struct Past {
    struct Where {
        std::optional<double> latitude; ///< to a thousandth of a degree; none: those runs state no place
        std::optional<double> longitude;
        std::int64_t runs = 0;
    };
    std::int64_t times = 0; ///< emissions
    std::int64_t runs = 0;
    std::optional<Instant> first;
    std::optional<Instant> last;
    std::vector<Where> places; ///< the most frequent, at most three
};

/// Whether something on `center_hz` was among what was heard; `heard` ascending in frequency.
[[nodiscard]] bool heard_before(const std::vector<Heard>& heard, double center_hz, double bandwidth_hz);

/// The store behind the window: its cases, what was heard before, its log. Each question is answered in a thread of its
/// own, by a signal; a new question waits for the one before.
class Archive final : public QObject {
    Q_OBJECT

public:
    /// Where a run is, for "here": within ten kilometres. A run without a place counts as here.
    struct Place {
        double latitude = 0.0;
        double longitude = 0.0;
    };

    explicit Archive(QObject* parent = nullptr) : QObject(parent) {}

    /// Nothing: there is no store.
    void set_store(std::optional<StoreAddress> store) { store_ = std::move(store); }
    [[nodiscard]] bool has_store() const { return store_.has_value(); }

    /// Answers by cases_listed().
    void list_cases();
    /// Open cases, the latest first.
    [[nodiscard]] const Result<std::vector<CaseFile>>& cases() const { return cases_; }

    /// Puts things of stored runs into a case; an empty id opens a new one. Answers by added().
    void add(const std::string& case_id, const std::string& title, std::vector<ItemAddress> items);
    /// The case to which they were added.
    [[nodiscard]] const Result<std::string>& added_to() const { return added_to_; }

    /// Asks what was heard here before a moment, the run `but` left out. Answers by looked_back().
    void look_back(Instant before, std::optional<Place> here, std::optional<std::int64_t> but);
    [[nodiscard]] const Result<std::vector<Heard>>& heard() const { return heard_; }

    /// Asks what earlier runs heard around a frequency, the run `but` left out. Answers by looked_up(); of several
    /// questions only the last is answered.
    void look_up(double center_hz, double bandwidth_hz, std::optional<std::int64_t> but);
    [[nodiscard]] const Result<Past>& past() const { return past_; }

    /// Writes to the log of the store; nobody is told.
    void log(const std::string& action, const std::string& subject, const std::string& details);

    /// Waits for what is under way.
    void finish()
    {
        worker_ = {};
        looker_ = {};
    }

Q_SIGNALS:
    void cases_listed();
    void added();
    void looked_back();
    void looked_up();

private:
    struct Question {
        double center_hz = 0.0;
        double bandwidth_hz = 0.0;
        std::int64_t but = 0;
    };
    void answer(const Question& question);

    /// Runs work(store) in a thread and take(result) here.
    template <class T> void ask(std::function<Result<T>(Store&)> work, std::function<void(Result<T>)> take);

    std::optional<StoreAddress> store_;
    Result<std::vector<CaseFile>> cases_;
    Result<std::string> added_to_;
    Result<std::vector<Heard>> heard_;
    Result<Past> past_;
    std::optional<Question> waiting_; ///< asked while another is being answered
    bool looking_ = false;
    std::jthread worker_;
    std::jthread looker_;
};

} // namespace gacsong::gui
