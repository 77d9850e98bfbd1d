// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/errorbanner.h"

#include <QApplication>
#include <QClipboard>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QMetaMethod>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace novita {

ErrorBanner::ErrorBanner(const Theme &theme, QWidget *parent)
    : QFrame(parent)
    , m_theme(theme)
    , m_icon(new QLabel(this))
    , m_text(new QLabel(this))
    , m_action(new QPushButton(this))
    , m_detailsButton(new QPushButton(this))
    , m_dismiss(new QPushButton(this))
    , m_detailsBox(new QWidget(this))
    , m_details(new QPlainTextEdit(m_detailsBox))
    , m_copy(new QPushButton(m_detailsBox))
{
    setObjectName(QStringLiteral("errorBanner"));
    build();
    retranslate();
    clear();
    connect(&theme, &Theme::changed, this, &ErrorBanner::paintTone);
    connect(m_action, &QPushButton::clicked, this, [this] {
        if (m_remedy != ErrorRemedy::None)
            emit remedyRequested(m_remedy);
        else
            emit actionTriggered();
    });
    connect(m_detailsButton, &QPushButton::toggled, m_detailsBox, &QWidget::setVisible);
    connect(m_dismiss, &QPushButton::clicked, this, [this] {
        clear();
        emit dismissed();
    });
    connect(m_copy, &QPushButton::clicked, this, [this] { QApplication::clipboard()->setText(m_details->toPlainText()); });
}

void ErrorBanner::build()
{
    m_text->setTextFormat(Qt::PlainText);
    m_text->setWordWrap(true);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_detailsButton->setCheckable(true);
    for (QPushButton *button : {m_action, m_detailsButton, m_dismiss, m_copy})
        button->setAutoDefault(false);
    m_detailsButton->setProperty("flat", true);
    m_dismiss->setProperty("flat", true);
    m_dismiss->hide();
    m_details->setReadOnly(true);
    m_details->setTabChangesFocus(true);

    auto *row = new QHBoxLayout;
    row->setSpacing(space::kRelated);
    row->addWidget(m_icon);
    row->addWidget(m_text, 1);
    row->addWidget(m_action);
    row->addWidget(m_detailsButton);
    row->addWidget(m_dismiss);
    auto *detailsLayout = new QHBoxLayout(m_detailsBox);
    detailsLayout->setContentsMargins(0, 0, 0, space::kInside);
    detailsLayout->setSpacing(space::kRelated);
    detailsLayout->addWidget(m_details, 1);
    detailsLayout->addWidget(m_copy, 0, Qt::AlignTop);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(space::kRelated + space::kInside, space::kInside, space::kInside, space::kInside);
    layout->setSpacing(space::kInside);
    layout->addLayout(row);
    layout->addWidget(m_detailsBox);
}

void ErrorBanner::retranslate()
{
    m_detailsButton->setText(tr("Details"));
    m_dismiss->setText(tr("Dismiss"));
    m_copy->setText(tr("Copy"));
    m_copy->setAccessibleName(tr("Copy error details"));
    m_details->setAccessibleName(tr("Error details"));
}

void ErrorBanner::changeEvent(QEvent *event)
{
    QFrame::changeEvent(event);
    if (event->type() != QEvent::LanguageChange)
        return;
    retranslate();
    if (m_error && isShowing())
        setError(std::optional<Error>(m_error), QString(m_what), QString(m_remedyLabel));
}

void ErrorBanner::setError(const std::optional<Error> &error, const QString &what, const QString &remedyLabel)
{
    if (!error || error->isCanceled()) {
        clear();
        return;
    }
    const ErrorText words = what.isEmpty() ? errorText(*error) : actionErrorText(*error);
    m_error = error;
    m_what = what;
    m_remedyLabel = remedyLabel;
    m_remedy = isCarriedOut(words.remedy) ? words.remedy : ErrorRemedy::None;
    const bool waits = words.remedy == ErrorRemedy::Wait;
    const QString sentence = what.isEmpty() ? words.sentence : tr("%1: %2", "what failed, why").arg(what, words.sentence);
    const QString label = m_remedy == ErrorRemedy::None                                   ? QString()
                          : m_remedy == ErrorRemedy::Retry && !remedyLabel.isEmpty() ? remedyLabel
                                                                                      : words.remedyLabel;
    present(waits ? StateTone::Warn : StateTone::Bad, sentence, label, words.details);
}

void ErrorBanner::showMessage(StateTone tone, const QString &sentence, const QString &actionLabel)
{
    m_error.reset();
    m_remedy = ErrorRemedy::None;
    present(tone, sentence, actionLabel, QString());
}

void ErrorBanner::present(StateTone tone, const QString &sentence, const QString &label, const QString &details)
{
    m_tone = tone;
    m_text->setText(sentence);
    setAccessibleName(sentence);
    m_action->setText(label);
    m_action->setVisible(!label.isEmpty());
    // The same error again must not close details that are being read.
    if (m_details->toPlainText() != details)
        m_details->setPlainText(details);
    m_detailsButton->setVisible(!details.isEmpty());
    m_detailsBox->setVisible(!details.isEmpty() && m_detailsButton->isChecked());
    paintTone();
    show();
}

void ErrorBanner::clear()
{
    m_error.reset();
    m_text->clear();
    m_detailsButton->setChecked(false);
    m_detailsBox->hide();
    hide();
}

QString ErrorBanner::sentence() const
{
    return m_text->text();
}

void ErrorBanner::setRemedies(const QList<ErrorRemedy> &remedies)
{
    m_remedies = remedies;
}

bool ErrorBanner::isCarriedOut(ErrorRemedy remedy) const
{
    static const QMetaMethod requested = QMetaMethod::fromSignal(&ErrorBanner::remedyRequested);
    return isSignalConnected(requested) && (!m_remedies || m_remedies->contains(remedy));
}

void ErrorBanner::setDismissible(bool on)
{
    m_dismiss->setVisible(on);
}

void ErrorBanner::paintTone()
{
    // In one colour the square emblems are nothing but a square; a cross and a triangle stay what they are.
    const QString icon = m_tone == StateTone::Bad ? QStringLiteral("dialog-close")
                         : m_tone == StateTone::Warn ? QStringLiteral("emblem-warning") : QStringLiteral("help-about");
    m_icon->setPixmap(m_theme.pixmap(icon, m_theme.grown(16), m_theme.toneColor(m_tone), devicePixelRatioF()));
    m_details->setFixedHeight(m_details->fontMetrics().lineSpacing() * 6);
    const QString sheet = QStringLiteral("#errorBanner { background: %1; border: 1px solid %1; border-radius: 6px; } #errorBanner > QLabel { color: %2; }")
                              .arg(m_theme.toneSoftColor(m_tone).name(), m_theme.color(Token::Text).name());
    // A bar that says the same again costs nothing: some do so many times a second.
    if (styleSheet() != sheet)
        setStyleSheet(sheet);
}

} // namespace novita
