// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/language/conversationfile.h"

#include "core/base/logging.h"
#include "core/language/keptfiles.h"

#include <utility>

namespace novita {

namespace {

QString fileName(const ProfileId &profile)
{
    return KeptFiles::nameFor(QStringLiteral("chat"), profile.toString());
}

} // namespace

ConversationFile::ConversationFile(KeptFiles &files, const Clock &clock, std::function<Conversation()> now, QObject *parent)
    : QObject(parent), m_files(files), m_clock(clock), m_now(std::move(now))
{
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &ConversationFile::save);
}

ConversationFile::~ConversationFile() = default;

void ConversationFile::open(const ProfileId &profile)
{
    close();
    m_profile = profile;
    m_reading.reset(m_files.read(fileName(profile), Conversation::kMostBytes, &Conversation::fromJson))
        ->onFinished(this, [this](const Result<std::optional<Conversation>> &kept) {
            m_isRead = true;
            if (!kept) {
                // It stays on the disk, and is set aside once something new is said.
                qCWarning(lcCloud) << "The kept conversation is not used:" << kept.error().toLogString();
                m_error = kept.error();
            }
            emit read(kept);
        });
}

void ConversationFile::close()
{
    if (m_timer.isActive() || m_isDirty)
        write(); // behind the one under way: two at most are waited for at the end
    m_timer.stop();
    ++m_opening;
    m_isWriting = m_isDirty = false;
    m_reading.reset();
    m_profile = {};
    m_isRead = false;
    m_error.reset();
}

/// Not put off by the next change: what was said first would wait for ever.
void ConversationFile::touch(Milliseconds delay)
{
    if (m_profile.isEmpty() || !m_isRead)
        return;
    if (!m_timer.isActive() || m_timer.remainingTime() > delay.count())
        m_timer.start(delay);
}

void ConversationFile::save()
{
    // A slow disk gets the newest state, not each of them.
    if (m_isWriting)
        m_isDirty = true;
    else
        write();
}

void ConversationFile::write()
{
    m_isWriting = true;
    m_isDirty = false;
    m_files.write(fileName(m_profile), [now = m_now()] { return now.toJson(); }, m_clock.now())->onFinished(this, [this, opening = m_opening](const Result<Done> &done) {
        if (!done)
            qCWarning(lcCloud) << "The conversation is not kept:" << done.error().toLogString();
        if (opening != m_opening)
            return;
        const bool differs = m_error.has_value() == done.ok();
        m_isWriting = false;
        m_error = done ? std::nullopt : std::optional(done.error());
        if (m_isDirty)
            write();
        if (differs)
            emit errorChanged();
    });
}

} // namespace novita
