// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/instances/logsaver.h"

namespace novita {

namespace {

constexpr qsizetype kSliceLines = 5000;

} // namespace

LogSaver::LogSaver(const QString &path, const QStringList &lines, QObject *parent) : QObject(parent), m_file(path), m_lines(lines)
{
    connect(&m_slices, &QTimer::timeout, this, &LogSaver::writeSlice);
}

void LogSaver::start()
{
    if (!m_file.open(QIODevice::WriteOnly)) {
        end(m_file.errorString());
        return;
    }
    m_slices.start(0);
}

void LogSaver::writeSlice()
{
    if (m_next < m_lines.size()) {
        const QByteArray bytes = m_lines.mid(m_next, kSliceLines).join(QLatin1Char('\n')).toUtf8() + '\n';
        m_next += kSliceLines;
        if (m_file.write(bytes) != bytes.size())
            end(m_file.errorString());
        return;
    }
    end(m_file.commit() ? QString() : m_file.errorString());
}

void LogSaver::end(const QString &problem)
{
    m_slices.stop();
    const QString path = m_file.fileName();
    if (!problem.isEmpty())
        m_file.cancelWriting();
    deleteLater();
    emit finished(path, problem);
}

} // namespace novita
