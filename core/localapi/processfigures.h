// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

#include <array>
#include <optional>

namespace novita {

/// What the system says of this process; what it does not say is left out. A value.
struct ProcessFigures
{
    std::optional<qint64> residentBytes;
    std::optional<qint64> virtualBytes;
    std::optional<qint64> openFiles;
    std::optional<double> cpuSeconds;           ///< user and system, since it began
    std::optional<std::array<double, 3>> load;  ///< of the machine, over 1, 5 and 15 minutes
    std::optional<qint64> machineBytes;         ///< memory of the machine
};

/// Reads /proc and asks the C library: some file reads. Nothing is known where there is no such system. Any thread.
ProcessFigures readProcessFigures();

} // namespace novita
