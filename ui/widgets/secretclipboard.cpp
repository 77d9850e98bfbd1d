// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/secretclipboard.h"

#include <QClipboard>
#include <QCryptographicHash>
#include <QGuiApplication>
#include <QMimeData>
#include <QSignalBlocker>
#include <QTimer>

namespace novita {

namespace {

QByteArray hashOf(const QString &text)
{
    return QCryptographicHash::hash(text.toUtf8(), QCryptographicHash::Sha256);
}

} // namespace

SecretClipboard::SecretClipboard(QObject *parent)
    : QObject(parent)
    , m_timer(new QTimer(this))
{
    m_timer->setSingleShot(true);
    connect(m_timer, &QTimer::timeout, this, &SecretClipboard::clearIfOurs);
}

SecretClipboard::~SecretClipboard()
{
    // Who shows what cleared() is about may be half gone.
    const QSignalBlocker silent(this);
    if (m_timer->isActive())
        clearIfOurs();
}

void SecretClipboard::copy(const QString &secret, std::chrono::seconds keepFor)
{
    auto *data = new QMimeData;
    data->setText(secret);
    data->setData(QStringLiteral("x-kde-passwordManagerHint"), QByteArrayLiteral("secret"));
    QGuiApplication::clipboard()->setMimeData(data);
    m_hash = hashOf(secret);
    m_timer->start(keepFor);
}

void SecretClipboard::clearIfOurs()
{
    QClipboard *clipboard = QGuiApplication::clipboard();
    if (clipboard && hashOf(clipboard->text()) == m_hash)
        clipboard->clear();
    m_hash.clear();
    emit cleared();
}

} // namespace novita
