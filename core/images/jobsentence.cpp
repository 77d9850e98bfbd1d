// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/images/jobsentence.h"

#include "core/base/sentence.h"

#include <QCoreApplication>

#include <array>

namespace novita::jobsentence {

namespace {

struct JobSentence
{
    Q_DECLARE_TR_FUNCTIONS(JobSentence)
};

struct ReasonText
{
    QLatin1String reason;
    const char *text;
};

constexpr std::array<ReasonText, 5> kReasons{{
    {QLatin1String("TASK_NOT_FOUND"), QT_TRANSLATE_NOOP("JobSentence", "The server does not know this job any more: it keeps what it made for a while only.")},
    {QLatin1String("API_NOT_ALLOWED"), QT_TRANSLATE_NOOP("JobSentence", "The provider says that this endpoint is retired, or not open to this account.")},
    {QLatin1String("API_NOT_FOUND"), QT_TRANSLATE_NOOP("JobSentence", "The provider says that this endpoint is retired.")},
    {QLatin1String("NOT_ENOUGH_BALANCE"), QT_TRANSLATE_NOOP("JobSentence", "The account's balance is too low. Top it up, then resume the queue: what waits is sent then.")},
    {QLatin1String("BALANCE_NOT_ENOUGH"), QT_TRANSLATE_NOOP("JobSentence", "The account's balance is too low. Top it up, then resume the queue: what waits is sent then.")},
}};

/// Sentences of the server are shown as they are; what this program says of a broken answer is for those who look for the fault.
bool isTechnical(const Error &error)
{
    return error.kind == ErrorKind::Protocol && error.apiReason.isEmpty() && closedSentence(error.message) != error.message;
}

} // namespace

QString of(const Error &error)
{
    for (const ReasonText &row : kReasons) {
        if (error.apiReason == row.reason)
            return QStringLiteral("%1 (%2)").arg(JobSentence::tr(row.text), row.reason);
    }
    if (error.kind == ErrorKind::BreakerOpen)
        return JobSentence::tr("The service did not answer several times in a row; requests to it pause for a moment.");
    if (isTechnical(error))
        return JobSentence::tr("The server's answer could not be understood. (%1)", "technical").arg(error.message);
    return error.message.isEmpty() ? JobSentence::tr("The server gives no reason.") : closedSentence(error.message);
}

} // namespace novita::jobsentence
