// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/images/recipedraft.h"

#include "core/base/logging.h"
#include "core/gallery/promptlog.h"

#include <QJsonDocument>

#include <utility>

namespace novita {

namespace {

QString field()
{
    return QStringLiteral("recipe");
}

} // namespace

RecipeDraft::RecipeDraft(PromptLog &log, std::function<QJsonObject()> state, QObject *parent) : QObject(parent), m_log(log), m_state(std::move(state))
{
    m_timer.setSingleShot(true);
    m_timer.setInterval(kDelay);
    connect(&m_timer, &QTimer::timeout, this, &RecipeDraft::write);
}

RecipeDraft::~RecipeDraft()
{
    flush();
}

void RecipeDraft::open(const ProfileId &profile)
{
    flush();
    m_timer.stop();
    m_profile = profile;
    m_saved.clear();
    m_reading.reset();
    if (profile.isEmpty())
        return;
    m_reading.reset(m_log.draft(profile, field()))->onFinished(this, [this](const Result<QString> &text) {
        m_saved = text ? *text : QString();
        emit opened(QJsonDocument::fromJson(m_saved.toUtf8()).object());
    });
}

void RecipeDraft::noteChange()
{
    // Not put off by the next change: what was entered first would wait for ever.
    if (!m_timer.isActive())
        m_timer.start();
}

void RecipeDraft::flush()
{
    if (!m_timer.isActive())
        return;
    m_timer.stop();
    write();
}

void RecipeDraft::write()
{
    if (m_profile.isEmpty() || m_reading.isBusy())
        return;
    const QString text = QString::fromUtf8(QJsonDocument(m_state()).toJson(QJsonDocument::Compact));
    if (text == m_saved)
        return;
    m_saved = text;
    m_log.saveDraft(m_profile, field(), text)->onFinished(this, [](const Result<Done> &done) {
        if (!done)
            qCWarning(lcDatabase) << "what the form holds was not written:" << done.error().toLogString();
    });
}

} // namespace novita
