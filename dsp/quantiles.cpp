// SPDX-License-Identifier: GPL-3.0-or-later
#include "dsp/quantiles.hpp"

#include <boost/math/distributions/fisher_f.hpp>
#include <boost/math/distributions/non_central_chi_squared.hpp>
#include <boost/math/special_functions/gamma.hpp>

#include <cmath>
#include <map>
#include <utility>

namespace gacsong::dsp {

namespace {

/// Values of a slow function of two numbers: the same few pairs are asked for in every window.
template <class Value> class Kept {
public:
    template <class Make> Value of(double a, double b, Make make)
    {
        constexpr std::size_t most = 256;
        if (const auto found = known_.find({a, b}); found != known_.end())
            return found->second;
        if (known_.size() >= most)
            known_.clear();
        return known_[{a, b}] = make();
    }

private:
    std::map<std::pair<double, double>, Value> known_;
};

} // namespace

double threshold(double averages, double pfa)
{
    thread_local Kept<double> known;
    return known.of(averages, pfa, [&] { return boost::math::gamma_q_inv(averages, pfa) / averages; });
}

double noise_quantile(double averages, double p) { return boost::math::gamma_p_inv(averages, p) / averages; }

double lower_half_mean(double averages)
{
    thread_local Kept<double> known;
    return known.of(averages, 0.5, [&] {
        return boost::math::gamma_p(averages + 1.0, boost::math::gamma_p_inv(averages, 0.5)) / 0.5;
    });
}

double ca_cfar_factor(double averages, double reference_cells, double pfa)
{
    const boost::math::fisher_f law(2.0 * averages, 2.0 * averages * reference_cells);
    return boost::math::quantile(boost::math::complement(law, pfa));
}

double os_cfar_pfa(std::size_t n, std::size_t k, double alpha)
{
    double pfa = 1.0;
    for (std::size_t i = 0; i < k; ++i) {
        const auto left = static_cast<double>(n - i);
        pfa *= left / (left + alpha);
    }
    return pfa;
}

double os_cfar_factor(std::size_t n, std::size_t k, double pfa)
{
    double low = 0.0;
    double high = 1.0;
    while (os_cfar_pfa(n, k, high) > pfa)
        high *= 2.0;
    for (int step = 0; step < 200; ++step) {
        const double middle = 0.5 * (low + high);
        (os_cfar_pfa(n, k, middle) > pfa ? low : high) = middle;
    }
    return 0.5 * (low + high);
}

FcmeConstants fcme_constants(double averages, double p)
{
    thread_local Kept<FcmeConstants> known;
    return known.of(averages, p, [&] {
        const double t = threshold(averages, p);
        const double bias =
            boost::math::gamma_p(averages + 1.0, averages * t) / boost::math::gamma_p(averages, averages * t);
        return FcmeConstants{t, bias};
    });
}

double detection_probability_carrier(double averages, double t, double s)
{
    const boost::math::non_central_chi_squared law(2.0 * averages, 2.0 * averages * s);
    return boost::math::cdf(boost::math::complement(law, 2.0 * averages * t));
}

double detection_probability_noise(double averages, double t, double s)
{
    return boost::math::gamma_q(averages, averages * t / (1.0 + s));
}

} // namespace gacsong::dsp
