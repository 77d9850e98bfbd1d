// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

namespace novita {

/// The numbers behind random prompts. Part of what a seed means: a recipe written today must give its text again in any later version and on any
/// machine, so this sequence never changes, and nothing of the standard library's distributions (which differ between libraries) is used.
///
/// SplitMix64: state starts at `seed + stream * kStreamStep` (modulo 2^64); each number adds kStep to the state and mixes it.
class PromptRandom
{
public:
    static constexpr quint64 kStep = 0x9E3779B97F4A7C15;
    static constexpr quint64 kStreamStep = 0xD1342543DE82EF95;

    /// Two streams of one seed do not follow each other: for the prompt (0) and the negative prompt (1) of one picture.
    explicit PromptRandom(quint64 seed, quint64 stream = 0)
        : m_state(seed + stream * kStreamStep)
    {
    }

    quint64 next()
    {
        m_state += kStep;
        quint64 mixed = m_state;
        mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
        return mixed ^ (mixed >> 31);
    }

    /// Evenly from 0 to `end` - 1; `end` ≥ 1. Numbers below 2^64 mod `end` are thrown away, then the remainder by `end` is taken.
    quint64 below(quint64 end)
    {
        Q_ASSERT(end > 0);
        const quint64 uneven = (0 - end) % end;
        quint64 number = next();
        while (number < uneven)
            number = next();
        return number % end;
    }

private:
    quint64 m_state;
};

} // namespace novita
