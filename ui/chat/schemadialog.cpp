// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/chat/schemadialog.h"

#include "ui/theme.h"
#include "ui/widgets/makers.h"

#include <QCheckBox>
#include <QEvent>
#include <QHBoxLayout>
#include <QJsonDocument>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTextBlock>
#include <QTextCursor>
#include <QVBoxLayout>

namespace novita {

namespace {

constexpr qsizetype kMostDescription = 1000;
constexpr int kWidth = 560;
constexpr int kHeight = 520;

const char *const kExample = R"({
    "type": "object",
    "properties": {
        "title": { "type": "string" },
        "score": { "type": "number" }
    },
    "required": ["title", "score"],
    "additionalProperties": false
}
)";

/// As one step to undo.
void replaceAll(QPlainTextEdit *edit, const QString &text)
{
    QTextCursor cursor(edit->document());
    cursor.select(QTextCursor::Document);
    cursor.insertText(text);
}

} // namespace

SchemaDialog::SchemaDialog(const Theme &theme, const AnswerForm &form, QWidget *parent)
    : QDialog(parent)
    , m_theme(theme)
    , m_form(form)
    , m_nameLabel(makeLabel("text2", this))
    , m_name(new QLineEdit(form.name, this))
    , m_descriptionLabel(makeLabel("text2", this))
    , m_description(new QLineEdit(form.description, this))
    , m_schemaLabel(makeLabel("text2", this))
    , m_schema(new QPlainTextEdit(form.schema, this))
    , m_verdict(makeWords("text2", this))
    , m_strict(new QCheckBox(this))
    , m_example(makeLink(this))
    , m_tidy(makeLink(this))
    , m_cancel(new QPushButton(this))
    , m_keep(new QPushButton(this))
{
    buildLayout();
    m_strict->setChecked(form.strict);
    connect(m_schema, &QPlainTextEdit::textChanged, this, &SchemaDialog::check);
    connect(m_name, &QLineEdit::textChanged, this, &SchemaDialog::check);
    connect(m_example, &QPushButton::clicked, this, [this] { replaceAll(m_schema, QString::fromLatin1(kExample)); });
    connect(m_tidy, &QPushButton::clicked, this, &SchemaDialog::tidy);
    connect(m_cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_keep, &QPushButton::clicked, this, &QDialog::accept);
    retranslate();
    m_schema->setFocus();
}

void SchemaDialog::buildLayout()
{
    m_name->setMaxLength(AnswerForm::kMostNameChars);
    m_description->setMaxLength(kMostDescription);
    m_schema->setTabChangesFocus(true);
    m_schema->setLineWrapMode(QPlainTextEdit::NoWrap);
    setFixedFont(m_schema, m_theme);
    m_keep->setProperty("primary", true);
    m_keep->setDefault(true);
    m_nameLabel->setBuddy(m_name);
    m_descriptionLabel->setBuddy(m_description);
    m_schemaLabel->setBuddy(m_schema);
    auto *head = new QHBoxLayout;
    head->addWidget(m_schemaLabel, 1);
    head->addWidget(m_example);
    head->addWidget(m_tidy);
    auto *end = new QHBoxLayout;
    end->setSpacing(space::kRelated);
    end->addWidget(m_strict, 1);
    end->addWidget(m_cancel);
    end->addWidget(m_keep);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(space::kPage, space::kGroup, space::kPage, space::kGroup);
    layout->setSpacing(space::kInside);
    layout->addWidget(m_nameLabel);
    layout->addWidget(m_name);
    layout->addSpacing(space::kInside);
    layout->addWidget(m_descriptionLabel);
    layout->addWidget(m_description);
    layout->addSpacing(space::kInside);
    layout->addLayout(head);
    layout->addWidget(m_schema, 1);
    layout->addWidget(m_verdict);
    layout->addSpacing(space::kRelated);
    layout->addLayout(end);
    const QSize most = parentWidget() ? parentWidget()->window()->size() - QSize(2 * space::kPage, 2 * space::kPage) : QSize(m_theme.grown(kWidth), m_theme.grown(kHeight));
    resize(QSize(m_theme.grown(kWidth), m_theme.grown(kHeight)).boundedTo(most));
}

AnswerForm SchemaDialog::form() const
{
    AnswerForm out = m_form;
    out.kind = AnswerForm::Kind::Schema;
    out.name = m_name->text().trimmed();
    out.description = m_description->text().trimmed();
    out.schema = m_schema->toPlainText().left(AnswerForm::kMostSchemaChars);
    out.strict = m_strict->isChecked();
    return out;
}

void SchemaDialog::check()
{
    const SchemaCheck schema = checkSchema(m_schema->toPlainText());
    AnswerForm named;
    named.kind = AnswerForm::Kind::Schema;
    named.name = m_name->text().trimmed();
    named.schema = QStringLiteral("{}");
    const QString nameProblem = named.problem();
    setInvalid(m_name, !nameProblem.isEmpty());
    setInvalid(m_schema, !schema.problem.isEmpty());
    const bool isGood = nameProblem.isEmpty() && schema.problem.isEmpty();
    m_verdict->setText(!nameProblem.isEmpty() ? nameProblem
                       : isGood               ? tr("The schema can be sent; it names %Ln property(ies).", nullptr, static_cast<int>(schema.properties))
                                              : schema.problem);
    setTone(m_verdict, isGood ? "good" : "bad");
    m_tidy->setEnabled(schema.problem.isEmpty());
    // Where JSON breaks off is easier seen than counted.
    QList<QTextEdit::ExtraSelection> marks;
    if (schema.line > 0) {
        QTextEdit::ExtraSelection mark;
        mark.cursor = QTextCursor(m_schema->document()->findBlockByNumber(schema.line - 1));
        mark.format.setProperty(QTextFormat::FullWidthSelection, true);
        mark.format.setBackground(m_theme.color(Token::AccentSoft));
        marks.append(mark);
    }
    m_schema->setExtraSelections(marks);
}

void SchemaDialog::tidy()
{
    const QJsonDocument schema = QJsonDocument::fromJson(m_schema->toPlainText().toUtf8());
    if (schema.isObject())
        replaceAll(m_schema, QString::fromUtf8(schema.toJson()));
}

void SchemaDialog::retranslate()
{
    setWindowTitle(tr("JSON schema of the answer"));
    const auto name = [](QLabel *label, QWidget *field, const QString &text, const QString &tip) {
        label->setText(text);
        field->setAccessibleName(text);
        field->setToolTip(tip);
    };
    name(m_nameLabel, m_name, tr("Name"), tr("Up to 64 letters, digits, _ and -; “answer” when it is empty"));
    m_name->setPlaceholderText(QStringLiteral("answer"));
    name(m_descriptionLabel, m_description, tr("Description"), tr("What the answer is for; the model is told of it"));
    name(m_schemaLabel, m_schema, tr("Schema"), tr("A JSON schema: the answer is one JSON value that fits it"));
    m_strict->setText(tr("Strict"));
    m_strict->setToolTip(tr("The answer must keep to the schema. Not every model can."));
    m_example->setText(tr("Example"));
    m_example->setToolTip(tr("Puts a small schema here to begin with"));
    m_tidy->setText(tr("Tidy up"));
    m_tidy->setToolTip(tr("Indents the schema"));
    m_cancel->setText(tr("Cancel"));
    m_keep->setText(tr("Use schema"));
    m_keep->setToolTip(tr("Keeps it, also when it is not finished: nothing is sent until it is"));
    check();
}

void SchemaDialog::changeEvent(QEvent *event)
{
    QDialog::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
}

} // namespace novita
