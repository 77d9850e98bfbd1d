// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/base/money.h"
#include "core/base/result.h"

#include <QList>
#include <QObject>
#include <QString>

#include <optional>
#include <vector>

namespace novita {

class FleetSummary;
class NotificationCenter;
class Settings;
struct Stores;

/// A value that the balance, or the time that it lasts, can fall below. Told of once on the way down; told of again only after the value
/// was a tenth above the mark, so that one that wavers round it stays quiet.
class LowMark
{
public:
    enum class Step { None, Fell, Rose };

    explicit LowMark(qint64 mark) : m_mark(mark) {}
    qint64 mark() const { return m_mark; }
    Step look(qint64 value);

private:
    qint64 m_mark;
    std::optional<bool> m_below;
};

/// "20, 5": amounts in USD with at most five decimals, greatest first; at most ten, each above zero. Empty text: none.
Result<QList<Money>> parseMoneyMarks(const QString &text);
/// "24, 4": whole hours, 1 to 8760, likewise.
Result<QList<std::chrono::hours>> parseHourMarks(const QString &text);

/// Posts a notification when the balance falls below a mark of the settings, or when it will not last for so many hours at
/// the present burn. One for each crossing, also over restarts: the center remembers the keys.
class BalanceWatch final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(BalanceWatch)

public:
    BalanceWatch(Stores &stores, FleetSummary &fleet, NotificationCenter &notifications, const Settings &settings, const Clock &clock, QObject *parent = nullptr);

    /// Another account: what was crossed before does not count.
    void reset();

private:
    void readMarks();
    void look();
    void post(const QString &key, const QString &text);

    Stores &m_stores;
    FleetSummary &m_fleet;
    NotificationCenter &m_notifications;
    const Settings &m_settings;
    const Clock &m_clock;
    std::vector<LowMark> m_amounts; ///< in Money::priceUnits(), greatest first
    std::vector<LowMark> m_times;   ///< in ms, greatest first
};

} // namespace novita
