// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <future>
#include <memory>
#include <mutex>
#include <stop_token>
#include <thread>
#include <utility>
#include <vector>

namespace gacsong::detect {

/// Threads for a setting of which 0 means all cores.
[[nodiscard]] inline unsigned thread_count(unsigned wanted)
{
    return wanted > 0 ? wanted : std::max(1U, std::thread::hardware_concurrency());
}

/// Threads that each own a worker and turn tasks into results; results come back in the order of the tasks.
/// `Worker` has `Result process(Task&)`.
template <class Worker, class Task, class Result> class OrderedPool {
public:
    /// make() builds the worker of a thread.
    OrderedPool(unsigned threads, const std::function<std::unique_ptr<Worker>()>& make)
    {
        for (unsigned i = 0; i < threads; ++i) {
            threads_.emplace_back(
                [this, worker = std::shared_ptr<Worker>(make())](const std::stop_token& stop) { work(*worker, stop); });
        }
    }

    ~OrderedPool()
    {
        for (auto& thread : threads_)
            thread.request_stop();
        wake_.notify_all();
    }
    OrderedPool(const OrderedPool&) = delete;
    OrderedPool& operator=(const OrderedPool&) = delete;

    void submit(Task task)
    {
        auto job = std::make_shared<Job>();
        job->task = std::move(task);
        order_.push_back(job->result.get_future());
        {
            const std::scoped_lock guard(lock_);
            jobs_.push_back(std::move(job));
        }
        wake_.notify_one();
    }

    /// Tasks whose result has not been taken.
    [[nodiscard]] std::size_t outstanding() const { return order_.size(); }

    /// Whether take() would not wait.
    [[nodiscard]] bool ready() const
    {
        return !order_.empty() && order_.front().wait_for(std::chrono::seconds(0)) == std::future_status::ready;
    }

    /// Waits for the result of the oldest outstanding task.
    [[nodiscard]] Result take()
    {
        auto oldest = std::move(order_.front());
        order_.pop_front();
        return oldest.get();
    }

private:
    struct Job {
        Task task;
        std::promise<Result> result;
    };

    void work(Worker& worker, const std::stop_token& stop)
    {
        for (;;) {
            std::shared_ptr<Job> job;
            {
                std::unique_lock guard(lock_);
                wake_.wait(guard, stop, [this] { return !jobs_.empty(); });
                if (stop.stop_requested())
                    return;
                job = std::move(jobs_.front());
                jobs_.pop_front();
            }
            job->result.set_value(worker.process(job->task));
        }
    }

    std::mutex lock_;
    std::condition_variable_any wake_;
    std::deque<std::shared_ptr<Job>> jobs_;
    std::deque<std::future<Result>> order_;
    std::vector<std::jthread> threads_;
};

} // namespace gacsong::detect
