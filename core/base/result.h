// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"

#include <utility>
#include <variant>

namespace novita {

/// A value or an Error, never both. Value semantics, copyable, safe to pass between threads when T is.
///
/// `value()` and `error()` assert that the asked-for side is there; check with `ok()` or `if (result)` first.
template<typename T>
class [[nodiscard]] Result
{
public:
    using Value = T;

    Result(T value) : m_data(std::in_place_index<0>, std::move(value)) {}
    Result(Error error) : m_data(std::in_place_index<1>, std::move(error)) {}

    bool ok() const { return m_data.index() == 0; }
    explicit operator bool() const { return ok(); }

    const T &value() const &
    {
        Q_ASSERT(ok());
        return *std::get_if<0>(&m_data);
    }
    T &&value() &&
    {
        Q_ASSERT(ok());
        return std::move(*std::get_if<0>(&m_data));
    }
    const Error &error() const
    {
        Q_ASSERT(!ok());
        return *std::get_if<1>(&m_data);
    }

    const T *operator->() const { return &value(); }
    const T &operator*() const & { return value(); }

    T valueOr(T fallback) const { return ok() ? value() : std::move(fallback); }

private:
    std::variant<T, Error> m_data;
};

/// The value of an operation that yields nothing but success: `Result<Done>`.
struct Done
{
    bool operator==(const Done &) const = default;
};

} // namespace novita
