// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/base/error.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QString>

#include <optional>

namespace novita {

/// Reads one JSON object that somebody else wrote, member by member, and takes nothing that is not as it should be. The first problem
/// sticks, as ErrorKind::Validation that names its path, and is shared with the readers of nested objects; what could not be read is empty.
/// A member that is null counts as absent. JsonReader is the one for answers of the cloud, which are passed over rather than refused.
class StrictReader final
{
public:
    /// `path` is that of `object`, for the message; `problem` outlives the reader.
    StrictReader(QJsonObject object, QString path, std::optional<Error> &problem);

    bool has(const char *key) const;
    /// At most webhookevent::kMaxTextBytes in UTF-8; not empty where it is required.
    QString text(const char *key, bool required = false) const;
    /// [A-Za-z0-9_-]{1,128}
    QString id(const char *key, bool required = false) const;
    /// ISO 8601 with its zone.
    std::optional<TimePoint> time(const char *key, bool required = false) const;
    /// Milliseconds, from 0 to a year.
    std::optional<Milliseconds> span(const char *key) const;
    int port(const char *key) const; ///< 0 when absent
    QJsonArray array(const char *key, int most) const;
    int count(const char *key) const; ///< items of a list; 0 when absent
    StrictReader object(const char *key) const;
    /// For `item`, which stands at `index` in the list `key`.
    StrictReader item(const char *key, qsizetype index, const QJsonValue &item) const;
    /// Free-form part; anything but an object is passed over.
    QJsonObject freeObject(const char *key) const { return value(key).toObject(); }

private:
    QJsonValue value(const char *key) const { return m_object.value(QLatin1String(key)); }
    QString at(const char *key) const { return m_path + QLatin1Char('.') + QLatin1String(key); }
    std::optional<double> number(const char *key, double least, double most) const;
    void fail(const char *key, const char *what) const;

    QJsonObject m_object;
    QString m_path;
    std::optional<Error> &m_problem;
};

} // namespace novita
