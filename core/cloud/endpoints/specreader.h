// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDate>
#include <QJsonArray>
#include <QJsonObject>
#include <QJsonValue>
#include <QSet>
#include <QString>
#include <QStringList>

#include <optional>

namespace novita {

/// Reads one object of an endpoint file member by member and takes nothing that is not as it should be. The first problem sticks, with its
/// path, and is shared with the readers of nested objects: "fields[2].min: expected a number". What could not be read is empty.
class SpecReader final
{
public:
    static constexpr qsizetype kMostChars = 500;

    /// `problem` outlives the reader; empty = none so far.
    SpecReader(const QJsonObject &object, const QString &path, QString &problem) : m_object(object), m_path(path), m_problem(problem) {}

    bool has(const char *key) const { return m_object.contains(QLatin1String(key)); }
    bool failed() const { return !m_problem.isEmpty(); }

    QString text(const char *key, bool required = false, qsizetype most = kMostChars);
    QString name(const char *key, bool required = false); ///< [A-Za-z0-9][A-Za-z0-9._-]{0,63}
    QString place(const char *key, bool required = false); ///< names divided by '.', at most 4
    std::optional<double> number(const char *key, double least, double most);
    std::optional<qint64> integer(const char *key, qint64 least, qint64 most);
    bool flag(const char *key);
    std::optional<bool> optionalFlag(const char *key);
    QDate date(const char *key); ///< "2026-07-22"; invalid when absent
    QStringList texts(const char *key, qsizetype most);
    QJsonArray array(const char *key, qsizetype most, bool required = false);
    QJsonObject object(const char *key, bool required = false);
    SpecReader reader(const char *key, bool required = false) { return {object(key, required), at(key), m_problem}; }
    QJsonValue any(const char *key); ///< undefined when absent
    /// For `item` number `index` of the list `key`.
    SpecReader item(const char *key, qsizetype index, const QJsonValue &item);

    /// A value of `names`; its index there, or -1 with a problem.
    qsizetype oneOf(const char *key, const QStringList &names, const QString &fallback = {});

    void fail(const char *key, const QString &what);
    /// A member that nobody has asked for is a problem.
    void refuseRest();

private:
    QString at(const char *key) const { return m_path.isEmpty() ? QString::fromLatin1(key) : m_path + QLatin1Char('.') + QLatin1String(key); }
    QJsonValue value(const char *key);

    QJsonObject m_object;
    QString m_path;
    QString &m_problem;
    QSet<QString> m_asked;
};

} // namespace novita
