// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/copyfield.h"

#include "core/base/displaytext.h"
#include "ui/format.h"
#include "ui/theme.h"
#include "ui/widgets/secretclipboard.h"

#include <QClipboard>
#include <QEvent>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPainter>
#include <QPushButton>
#include <QStyle>
#include <QStyleOptionFrame>

namespace novita {

namespace {

constexpr qsizetype kMostShown = 2000;

/// A read-only line that shows the ends of a text too long for it, the middle cut out; with the focus it scrolls as usual.
class ElidedField final : public QLineEdit
{
public:
    explicit ElidedField(QWidget *parent) : QLineEdit(parent) { setReadOnly(true); }

protected:
    void paintEvent(QPaintEvent *event) override
    {
        QStyleOptionFrame option;
        initStyleOption(&option);
        // The style sheet's padding and the two pixels that QLineEdit keeps clear itself.
        const QRect room = style()->subElementRect(QStyle::SE_LineEditContents, &option, this).adjusted(2, 0, -2, 0);
        if (hasFocus() || echoMode() != Normal || fontMetrics().horizontalAdvance(text()) <= room.width()) {
            QLineEdit::paintEvent(event);
            return;
        }
        QPainter painter(this);
        style()->drawPrimitive(QStyle::PE_PanelLineEdit, &option, &painter, this);
        painter.setPen(palette().color(QPalette::Text));
        painter.drawText(room, Qt::AlignVCenter | Qt::AlignLeft | Qt::TextSingleLine, fontMetrics().elidedText(text(), Qt::ElideMiddle, room.width()));
    }
};

} // namespace

CopyField::CopyField(Kind kind, QWidget *parent)
    : QWidget(parent)
    , m_kind(kind)
    , m_field(new ElidedField(this))
    , m_copy(new QPushButton(this))
    , m_clipboard(new SecretClipboard(this))
{
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(space::kRelated);
    layout->addWidget(m_field, 1);
    if (kind == Kind::Secret) {
        m_field->setEchoMode(QLineEdit::Password);
        m_show = new QPushButton(this);
        m_show->setCheckable(true);
        m_show->setAutoDefault(false);
        layout->addWidget(m_show);
        connect(m_show, &QPushButton::toggled, this, [this](bool shown) {
            m_field->setEchoMode(shown ? QLineEdit::Normal : QLineEdit::Password);
            retranslate();
        });
    }
    m_copy->setAutoDefault(false);
    layout->addWidget(m_copy);
    setFocusProxy(m_field);
    connect(m_copy, &QPushButton::clicked, this, &CopyField::copy);
    retranslate();
}

void CopyField::setName(const QString &name)
{
    m_name = name;
    retranslate();
}

void CopyField::setText(const QString &text)
{
    if (m_text == text)
        return;
    m_text = text;
    present();
}

void CopyField::setGuarded(bool guarded)
{
    m_guarded = guarded;
    present();
}

QString CopyField::whyNotCopied()
{
    return tr("It holds characters that one does not see, or far too many. It is not copied: pasted into a terminal it could do harm.");
}

bool CopyField::isRefused() const
{
    return m_guarded && !isSafeToPaste(m_text);
}

void CopyField::present()
{
    const QString shown = isRefused() ? displayLine(m_text, kMostShown) : m_text.left(kMostShown);
    if (m_field->text() != shown) {
        m_field->setText(shown);
        m_field->setCursorPosition(0);
    }
    m_field->setToolTip(m_kind == Kind::Plain ? format::toolTip(m_text) : QString());
    m_copy->setEnabled(!m_text.isEmpty() && !isRefused());
    retranslate();
}

void CopyField::setClipboardSeconds(int seconds)
{
    m_clipboardTime = std::chrono::seconds(seconds);
}

void CopyField::copy()
{
    if (isRefused())
        return;
    if (m_kind == Kind::Secret)
        m_clipboard->copy(m_text, m_clipboardTime);
    else
        QGuiApplication::clipboard()->setText(m_text);
}

void CopyField::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
}

void CopyField::retranslate()
{
    m_copy->setText(tr("Copy"));
    m_field->setAccessibleName(m_name);
    m_copy->setAccessibleName(tr("Copy %1").arg(m_name));
    if (isRefused())
        m_copy->setToolTip(whyNotCopied());
    else
        m_copy->setToolTip(m_kind == Kind::Secret ? tr("Leaves the clipboard by itself after a while") : m_copy->accessibleName());
    m_copy->setAccessibleDescription(isRefused() ? whyNotCopied() : QString());
    if (!m_show)
        return;
    m_show->setText(m_show->isChecked() ? tr("Hide") : tr("Show"));
    m_show->setAccessibleName((m_show->isChecked() ? tr("Hide %1") : tr("Show %1")).arg(m_name));
}

} // namespace novita
