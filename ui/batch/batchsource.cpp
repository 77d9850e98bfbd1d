// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/batch/batchsource.h"

#include "core/base/displaytext.h"
#include "core/base/plainfile.h"
#include "core/workflows/background.h"
#include "core/workflows/batchcreate.h"
#include "core/workflows/batchfields.h"
#include "core/workflows/stores.h"
#include "ui/format.h"
#include "ui/models/productwords.h"
#include "ui/prompts.h"
#include "ui/theme.h"
#include "ui/widgets/makers.h"

#include <QDragEnterEvent>
#include <QDropEvent>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QMimeData>
#include <QPlainTextEdit>
#include <QPointer>
#include <QPushButton>
#include <QRadioButton>
#include <QSpinBox>
#include <QStackedWidget>
#include <QStringDecoder>
#include <QUrl>
#include <QVBoxLayout>

namespace novita {

namespace {

constexpr std::chrono::milliseconds kTypingRest{250};
constexpr int kNumberWidth = 96;
constexpr int kTableHeight = 120;
constexpr qsizetype kMostBytes = 1024 * 1024;

struct FileText
{
    QString text;
    QString problem; ///< a sentence; empty: it could be read
};

/// Only of plain files: others may keep the reader waiting for ever.
FileText textOf(const QString &path)
{
    const QString name = displayLine(path);
    const QFileInfo info(path);
    if (info.exists() && !info.isFile())
        return {{}, BatchSource::tr("%1 is no file.").arg(name)};
    const Result<QByteArray> bytes = plainfile::read(path, kMostBytes);
    if (!bytes && bytes.error().kind == ErrorKind::Validation)
        return {{}, BatchSource::tr("%1 is larger than 1 MiB.").arg(name)};
    if (!bytes)
        return {{}, BatchSource::tr("%1 could not be read: %2").arg(name, bytes.error().message)};
    QStringDecoder decode(QStringDecoder::Utf8);
    const QString text = decode(*bytes);
    if (decode.hasError() || text.contains(QChar(0)))
        return {{}, BatchSource::tr("%1 is no UTF-8 text.").arg(name)};
    return {text, {}};
}

QString pathOf(const QMimeData *data)
{
    const QList<QUrl> urls = data->urls();
    return urls.size() == 1 ? urls.first().toLocalFile() : QString();
}

} // namespace

BatchSource::BatchSource(const UiContext &context, QWidget *parent)
    : QWidget(parent)
    , m_context(context)
    , m_useCopies(new QRadioButton(this))
    , m_useTable(new QRadioButton(this))
    , m_like(makeLabel("text2", this))
    , m_edit(new QPushButton(this))
    , m_pages(new QStackedWidget(this))
{
    setAcceptDrops(true);
    m_useCopies->setChecked(true);
    m_edit->setAutoDefault(false);
    m_edit->setProperty("link", true);
    m_pages->addWidget(buildCopies());
    m_pages->addWidget(buildTable());
    m_pages->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Maximum);

    auto *head = new QHBoxLayout;
    head->setSpacing(space::kGroup);
    head->addWidget(m_useCopies);
    head->addWidget(m_useTable);
    head->addStretch();
    auto *like = new QHBoxLayout;
    like->setSpacing(space::kRelated);
    like->addWidget(m_like);
    like->addWidget(m_edit);
    like->addStretch();
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(space::kRelated);
    layout->addLayout(head);
    layout->addLayout(like);
    layout->addWidget(m_pages);

    m_rest.setSingleShot(true);
    m_rest.setInterval(kTypingRest);
    connect(&m_rest, &QTimer::timeout, this, &BatchSource::changed);
    connect(m_useTable, &QRadioButton::toggled, this, [this](bool table) {
        m_pages->setCurrentIndex(table ? 1 : 0);
        // The page that is not seen shall not take room.
        m_pages->widget(0)->setSizePolicy(QSizePolicy::Preferred, table ? QSizePolicy::Ignored : QSizePolicy::Preferred);
        m_pages->widget(1)->setSizePolicy(QSizePolicy::Preferred, table ? QSizePolicy::Preferred : QSizePolicy::Ignored);
        emit changed();
    });
    m_pages->widget(1)->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Ignored);
    connect(m_edit, &QPushButton::clicked, this, &BatchSource::modelEditRequested);
    retranslate();
}

QWidget *BatchSource::buildCopies()
{
    auto *page = new QWidget(m_pages);
    m_countLabel = makeLabel("text2", page);
    m_count = new QSpinBox(page);
    m_count->setRange(1, BatchCreate::kMostRows);
    m_count->setValue(2);
    m_count->setFixedWidth(m_context.theme.grown(kNumberWidth));
    m_patternLabel = makeLabel("text2", page);
    m_pattern = new QLineEdit(page);
    m_patternNote = makeLabel("text3", page);
    m_countLabel->setBuddy(m_count);
    m_patternLabel->setBuddy(m_pattern);
    auto *line = new QHBoxLayout;
    line->setSpacing(space::kRelated);
    line->addWidget(m_countLabel);
    line->addWidget(m_count);
    line->addSpacing(space::kRelated);
    line->addWidget(m_patternLabel);
    line->addWidget(m_pattern, 1);
    auto *layout = new QVBoxLayout(page);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(space::kInside);
    layout->addLayout(line);
    layout->addWidget(m_patternNote);
    layout->addStretch();
    connect(m_count, &QSpinBox::valueChanged, this, &BatchSource::changed);
    connect(m_pattern, &QLineEdit::textEdited, this, [this] {
        m_patternTyped = true;
        emit changed();
    });
    return page;
}

QWidget *BatchSource::buildTable()
{
    auto *page = new QWidget(m_pages);
    m_text = new QPlainTextEdit(page);
    setFixedFont(m_text, m_context.theme);
    m_text->setLineWrapMode(QPlainTextEdit::NoWrap);
    m_text->setTabChangesFocus(true);
    m_text->setFixedHeight(kTableHeight);
    m_text->setAcceptDrops(false); // a file's name is not what is meant to arrive here
    m_open = new QPushButton(page);
    m_open->setAutoDefault(false);
    m_tableNote = makeLabel("text3", page);
    m_tableNote->setWordWrap(true);
    auto *line = new QHBoxLayout;
    line->setSpacing(space::kRelated);
    line->addWidget(m_open);
    line->addWidget(m_tableNote, 1);
    auto *layout = new QVBoxLayout(page);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(space::kRelated);
    layout->addWidget(m_text);
    layout->addLayout(line);
    connect(m_text, &QPlainTextEdit::textChanged, this, [this] { m_rest.start(); });
    connect(m_open, &QPushButton::clicked, this, [this] {
        m_context.prompts.openFile(this, tr("Open rows"), tr("Tables (*.csv *.json *.txt);;All files (*)"), [self = QPointer(this)](const QString &path) {
            if (self && !path.isEmpty())
                self->readFile(path);
        });
    });
    return page;
}

void BatchSource::readFile(const QString &path)
{
    emit failed({});
    m_reading.reset(inBackground<FileText>([path] { return textOf(path); }, this))->onFinished(this, [this](const Result<FileText> &read) {
        if (!read)
            return;
        if (!read->problem.isEmpty())
            emit failed(read->problem);
        else
            takeText(read->text);
    });
}

/// Whatever the text is: the rows below are those of what is shown, or none.
void BatchSource::takeText(const QString &text)
{
    m_useTable->setChecked(true);
    m_text->setPlainText(text);
    m_rest.stop();
    emit changed();
}

void BatchSource::dragEnterEvent(QDragEnterEvent *event)
{
    if (!pathOf(event->mimeData()).isEmpty() || event->mimeData()->hasText())
        event->acceptProposedAction();
}

void BatchSource::dropEvent(QDropEvent *event)
{
    if (const QString path = pathOf(event->mimeData()); !path.isEmpty()) {
        readFile(path);
    } else if (event->mimeData()->hasText()) {
        emit failed({});
        takeText(event->mimeData()->text().left(kMostBytes));
    }
    event->acceptProposedAction();
}

void BatchSource::setModel(const InstanceDraft &model)
{
    m_model = model;
    if (!m_patternTyped)
        m_pattern->setText(model.name.isEmpty() ? QStringLiteral("instance-{n}") : model.name + QStringLiteral("-{n}"));
    describeModel();
    emit changed();
}

void BatchSource::describeModel()
{
    const Product *product = m_context.stores.products.find(m_model.productId);
    QStringList facts;
    if (!m_model.productId.isEmpty()) {
        const QString name = product ? product->name : m_model.productId.toString();
        facts.append(m_model.kind == ProductKind::Gpu ? tr("%1 × %2").arg(displayLine(name), format::number(m_model.gpuNum)) : displayLine(name));
        facts.append(productwords::billingMode(m_model.kind == ProductKind::Cpu ? BillingMode::OnDemand : m_model.billing));
    }
    if (!m_model.imageUrl.isEmpty())
        facts.append(displayLine(m_model.imageUrl, 60));
    m_like->setText(facts.isEmpty() ? tr("Nothing is chosen yet that the rows are like.") : tr("Like: %1").arg(facts.join(QStringLiteral(" · "))));
}

bool BatchSource::isTable() const
{
    return m_useTable->isChecked();
}

bool BatchSource::hasInput() const
{
    return m_patternTyped || !m_text->document()->isEmpty();
}

Result<BatchTable> BatchSource::rows() const
{
    const auto judge = [this](const InstanceDraft &draft) { return BatchCreate::problems(draft, m_context.stores); };
    if (isTable()) {
        if (m_text->document()->isEmpty())
            return BatchTable{};
        return readBatchTable(m_text->toPlainText().toUtf8(), m_model, judge);
    }
    BatchTable table;
    const QList<InstanceDraft> copies = BatchCreate::copies(m_model, m_count->value(), m_pattern->text().trimmed());
    for (const InstanceDraft &draft : copies)
        table.rows.append({draft, 0, judge(draft)});
    return table;
}

void BatchSource::retranslate()
{
    m_useCopies->setText(tr("Copies of one"));
    m_useCopies->setAccessibleName(tr("Copies of one"));
    m_useTable->setText(tr("Rows of a table"));
    m_useTable->setAccessibleName(tr("Rows of a table"));
    m_edit->setText(tr("Change…"));
    m_edit->setAccessibleName(tr("Change what the rows are like"));
    m_countLabel->setText(tr("Number"));
    m_count->setAccessibleName(tr("Number of instances"));
    m_patternLabel->setText(tr("Names"));
    m_pattern->setAccessibleName(tr("Name pattern"));
    m_patternNote->setText(tr("{n} stands for the number of the row, {nnn} for the same with three digits."));
    m_text->setAccessibleName(tr("Rows as CSV or JSON"));
    m_text->setPlaceholderText(QStringLiteral("name,gpuNum,billingMode,ports\ntrainer-a,1,spot,\"8080/http,5432/tcp\"\ntrainer-b,2,onDemand,"));
    m_open->setText(tr("Open file…"));
    m_open->setAccessibleName(tr("Open file…"));
    m_tableNote->setText(tr("CSV whose first line names the columns, or JSON as a create request has it. Paste it, drop a file, or open one. "
                            "What a row leaves empty is as above."));
    m_text->setToolTip(tr("Columns: %1").arg(batchfields::names().join(QStringLiteral(", "))));
    m_text->setAccessibleDescription(m_text->toolTip());
    describeModel();
}

} // namespace novita
