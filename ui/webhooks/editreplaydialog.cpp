// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/webhooks/editreplaydialog.h"

#include "ui/theme.h"
#include "ui/webhooks/deliverytext.h"
#include "ui/webhooks/deliverywords.h"
#include "ui/webhooks/signaturebox.h"
#include "ui/widgets/discardquestion.h"
#include "ui/widgets/makers.h"

#include <QFormLayout>
#include <QJsonDocument>
#include <QLabel>
#include <QPlainTextEdit>

#include <algorithm>

namespace novita {

namespace {

constexpr int kLines = 14;
constexpr int kColumns = 72;
constexpr std::chrono::milliseconds kRest{150};

/// A text field has one kind of line end, one kind of blank and no zero; what toPlainText() makes of the others has other bytes.
bool isChangedByField(QChar c)
{
    switch (c.unicode()) {
    case u'\0':
    case u'\r':
    case 0x00a0:
    case 0x2028:
    case 0x2029:
    case 0xfdd0:
    case 0xfdd1:
        return true;
    default:
        return false;
    }
}

qsizetype longestLine(const QString &text)
{
    qsizetype longest = 0;
    qsizetype begin = 0;
    for (qsizetype end = text.indexOf(u'\n'); end >= 0; end = text.indexOf(u'\n', begin)) {
        longest = std::max(longest, end - begin);
        begin = end + 1;
    }
    return std::max(longest, text.size() - begin);
}

} // namespace

EditReplayDialog::EditReplayDialog(const Theme &theme, Prompts &prompts, const Delivery &delivery, bool canSign, QWidget *parent)
    : RuleDialog(tr("Edit delivery %1 and send it to the receiver").arg(deliverywords::number(delivery.id)), tr("Send"), parent)
    , m_prompts(prompts)
    , m_asItCame(delivery.body)
    , m_body(new QPlainTextEdit(this))
    , m_signature(new SignatureBox(canSign, this))
    , m_state(nullptr)
{
    setWindowTitle(tr("Edit and replay"));
    setFixedFont(m_body, theme);
    m_body->setTabChangesFocus(true);
    setMinimumWidth(m_body->fontMetrics().averageCharWidth() * kColumns + 2 * space::kPage);
    m_body->setMinimumHeight(m_body->fontMetrics().lineSpacing() * kLines);
    m_body->setAccessibleName(tr("Body"));
    m_body->setPlainText(QString::fromUtf8(delivery.body));
    form()->setRowWrapPolicy(QFormLayout::WrapAllRows);
    form()->addRow(tr("Body"), m_body);
    form()->addRow(tr("Signature"), m_signature);
    m_state = addSentence("text2");
    m_rest.setSingleShot(true);
    m_rest.setInterval(kRest);
    connect(m_body, &QPlainTextEdit::textChanged, &m_rest, qOverload<>(&QTimer::start));
    connect(&m_rest, &QTimer::timeout, this, &EditReplayDialog::checkJson);
    connect(m_signature, &QComboBox::currentIndexChanged, this, &EditReplayDialog::checkJson);
    checkJson();
}

QString EditReplayDialog::whyNot(const Delivery &delivery)
{
    if (QString why = deliverywords::whyNoBody(delivery); !why.isEmpty())
        return why;
    if (delivery.body.size() > kLongestBody)
        return tr("Its body is too long for a text field");
    const QString text = QString::fromUtf8(delivery.body);
    if (text.toUtf8() != delivery.body || std::any_of(text.cbegin(), text.cend(), &isChangedByField))
        return tr("Its body is not text that could be edited without changing it");
    return longestLine(text) > kLongestLine ? tr("A line of its body is too long for a text field") : QString();
}

QByteArray EditReplayDialog::body() const
{
    return m_body->toPlainText().toUtf8();
}

bool EditReplayDialog::signAnew() const
{
    return m_signature->isAnew();
}

void EditReplayDialog::reject()
{
    goOnOrAskToDiscard(m_prompts, this, body() != m_asItCame, tr("The body was changed and has not been sent."), [this] { RuleDialog::reject(); });
}

void EditReplayDialog::checkJson()
{
    QJsonParseError error;
    const QByteArray bytes = body();
    const QJsonDocument document = QJsonDocument::fromJson(bytes, &error);
    QString sentence;
    if (error.error != QJsonParseError::NoError) {
        const QByteArray before = bytes.left(error.offset);
        const qsizetype line = before.count('\n') + 1;
        const qsizetype column = QString::fromUtf8(before.mid(before.lastIndexOf('\n') + 1)).size() + 1;
        sentence = tr("Not valid JSON: line %1, column %2. The receiver will refuse it.").arg(line).arg(column);
    } else if (!document.isObject()) {
        sentence = tr("This is JSON, but not an object. The receiver will refuse it.");
    } else {
        sentence = signAnew() ? tr("This is JSON.") : tr("This is JSON. A signature that was made for other bytes does not fit any more.");
    }
    m_state->setText(sentence);
}

} // namespace novita
