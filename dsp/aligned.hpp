// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdlib>
#include <memory>
#include <new>
#include <span>

namespace gacsong::dsp {

/// An array on a 64-byte boundary, as FFTW and the vector kernels want it. Contents start as zero.
template <class T> class AlignedArray {
public:
    AlignedArray() = default;
    explicit AlignedArray(std::size_t size)
        : data_(static_cast<T*>(::operator new[](size * sizeof(T), std::align_val_t{64}))), size_(size)
    {
        for (std::size_t i = 0; i < size; ++i)
            new (data_.get() + i) T{};
    }

    [[nodiscard]] T* data() const { return data_.get(); }
    [[nodiscard]] std::size_t size() const { return size_; }
    [[nodiscard]] std::span<T> span() const { return {data_.get(), size_}; }
    [[nodiscard]] T& operator[](std::size_t i) const { return data_.get()[i]; }

private:
    struct Free {
        void operator()(T* at) const { ::operator delete[](at, std::align_val_t{64}); }
    };
    std::unique_ptr<T[], Free> data_;
    std::size_t size_ = 0;
};

} // namespace gacsong::dsp
