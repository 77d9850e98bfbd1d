// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/webhooks/forwarddialog.h"

#include "ui/webhooks/deliverywords.h"
#include "ui/webhooks/signaturebox.h"

#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>

namespace novita {

namespace {

constexpr int kLongestUrl = 2048;

} // namespace

ForwardDialog::ForwardDialog(const Delivery &delivery, const QString &url, bool canSign, QWidget *parent)
    : RuleDialog(tr("Forward delivery %1").arg(deliverywords::number(delivery.id)), tr("Forward"), parent)
    , m_url(new QLineEdit(this))
    , m_signature(new SignatureBox(canSign, this))
{
    setWindowTitle(tr("Forward"));
    m_url->setMaxLength(kLongestUrl);
    m_url->setPlaceholderText(QStringLiteral("https://example.com/webhook"));
    m_url->setText(url);
    m_url->selectAll();
    m_url->setAccessibleName(tr("URL"));
    form()->addRow(tr("URL"), m_url);
    form()->addRow(tr("Signature"), m_signature);
    m_signature->setAnew(false);
    addSentence("text2")->setText(tr("The same bytes are sent there. Passwords and tokens in their headers were not kept and are left out."));
}

QString ForwardDialog::typed() const
{
    return m_url->text().trimmed();
}

bool ForwardDialog::signAnew() const
{
    return m_signature->isAnew();
}

QUrl ForwardDialog::url() const
{
    const QUrl url(typed(), QUrl::StrictMode);
    const bool isWeb = url.scheme() == QLatin1String("https") || url.scheme() == QLatin1String("http");
    return url.isValid() && isWeb && !url.host().isEmpty() ? url : QUrl();
}

} // namespace novita
