// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/instances/logstab.h"

#include "core/workflows/insight.h"
#include "ui/format.h"
#include "ui/instances/launcher.h"
#include "ui/instances/logsaver.h"
#include "ui/instances/logview.h"
#include "ui/prompts.h"
#include "ui/theme.h"
#include "ui/widgets/makers.h"

#include <QButtonGroup>
#include <QCheckBox>
#include <QClipboard>
#include <QEvent>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QPointer>
#include <QPushButton>
#include <QShortcut>
#include <QToolButton>
#include <QVBoxLayout>

namespace novita {

namespace {

constexpr std::chrono::milliseconds kRecountAfter{200};

} // namespace

LogsTab::LogsTab(const UiContext &context, QWidget *parent)
    : QWidget(parent)
    , m_context(context)
    , m_kinds(new QButtonGroup(this))
    , m_follow(new QCheckBox(this))
    , m_wrap(new QCheckBox(this))
    , m_find(new QLineEdit(this))
    , m_found(new QLabel(this))
    , m_previous(new QToolButton(this))
    , m_next(new QToolButton(this))
    , m_view(new LogView(this))
    , m_state(new QLabel(this))
    , m_again(makeLink(this))
    , m_save(makeLink(this))
    , m_copy(makeLink(this))
    , m_clear(makeLink(this))
{
    for (QLabel *label : {m_found, m_state}) {
        label->setTextFormat(Qt::PlainText);
        label->setProperty("tone", QStringLiteral("text2"));
    }
    m_state->setWordWrap(true);
    setFixedFont(m_view, m_context.theme);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, space::kRelated, space::kInside, 0);
    layout->setSpacing(space::kInside);
    layout->addLayout(buildBar());
    layout->addLayout(buildFindBar());
    layout->addWidget(m_view, 1);
    layout->addWidget(m_state);
    layout->addLayout(buildFoot());
    m_recount.setSingleShot(true);
    m_recount.setInterval(kRecountAfter);
    connect(&m_recount, &QTimer::timeout, this, &LogsTab::countMatches);
    retranslate();
}

LogsTab::~LogsTab()
{
    m_view->setText(nullptr);
}

QHBoxLayout *LogsTab::buildBar()
{
    auto *bar = new QHBoxLayout;
    bar->setSpacing(space::kInside);
    for (const Kind kind : {Own, System}) {
        auto *button = new QPushButton(this);
        button->setCheckable(true);
        button->setAutoDefault(false);
        button->setProperty("segment", true);
        button->setChecked(kind == m_kind);
        m_kinds->addButton(button, kind);
        bar->addWidget(button);
    }
    bar->addStretch(1);
    bar->addWidget(m_follow);
    bar->addSpacing(space::kRelated);
    bar->addWidget(m_wrap);
    m_follow->setChecked(true);
    connect(m_kinds, &QButtonGroup::idClicked, this, [this](int kind) { setKind(static_cast<Kind>(kind)); });
    connect(m_follow, &QCheckBox::clicked, m_view, &LogView::setFollowing);
    connect(m_view, &LogView::followingChanged, m_follow, &QCheckBox::setChecked);
    connect(m_wrap, &QCheckBox::toggled, m_view, &LogView::setWrapping);
    return bar;
}

QHBoxLayout *LogsTab::buildFindBar()
{
    auto *bar = new QHBoxLayout;
    bar->setSpacing(space::kInside);
    m_find->setClearButtonEnabled(true);
    m_find->installEventFilter(this);
    m_previous->setIcon(m_context.theme.icon(QStringLiteral("arrow-up")));
    m_next->setIcon(m_context.theme.icon(QStringLiteral("arrow-down")));
    bar->addWidget(m_find, 1);
    bar->addWidget(m_found);
    bar->addWidget(m_previous);
    bar->addWidget(m_next);
    connect(m_find, &QLineEdit::textChanged, this, &LogsTab::search);
    connect(m_find, &QLineEdit::returnPressed, this, [this] { findNext(false); });
    connect(m_previous, &QToolButton::clicked, this, [this] { findNext(true); });
    connect(m_next, &QToolButton::clicked, this, [this] { findNext(false); });
    auto *find = new QShortcut(QKeySequence::Find, this);
    find->setContext(Qt::WidgetWithChildrenShortcut);
    connect(find, &QShortcut::activated, this, [this] {
        m_find->setFocus(Qt::ShortcutFocusReason);
        m_find->selectAll();
    });
    const auto step = [this](const QKeySequence &keys, bool backward) {
        auto *shortcut = new QShortcut(keys, this);
        shortcut->setContext(Qt::WidgetWithChildrenShortcut);
        connect(shortcut, &QShortcut::activated, this, [this, backward] { findNext(backward); });
    };
    step(QKeySequence::FindNext, false);
    step(QKeySequence::FindPrevious, true);
    return bar;
}

QHBoxLayout *LogsTab::buildFoot()
{
    auto *foot = new QHBoxLayout;
    foot->setSpacing(space::kRelated);
    for (QPushButton *button : {m_again, m_save, m_copy, m_clear})
        foot->addWidget(button);
    foot->addStretch(1);
    connect(m_again, &QPushButton::clicked, this, [this] {
        if (feed())
            feed()->retry();
    });
    connect(m_save, &QPushButton::clicked, this, &LogsTab::save);
    connect(m_copy, &QPushButton::clicked, this, [this] {
        if (m_view->textCursor().hasSelection())
            m_view->copy();
        else if (const LogFeed *open = feed())
            QGuiApplication::clipboard()->setText(open->text().lines(0, open->text().endNumber()).join(QLatin1Char('\n')));
    });
    connect(m_clear, &QPushButton::clicked, this, [this] {
        if (feed())
            feed()->clear();
    });
    return foot;
}

void LogsTab::setInstance(const std::optional<Instance> &instance)
{
    const bool other = (m_instance ? m_instance->id : InstanceId()) != (instance ? instance->id : InstanceId());
    m_instance = instance;
    if (other) {
        m_view->setText(nullptr);
        for (std::unique_ptr<LogFeed> &open : m_feeds)
            open.reset();
        m_savedText.clear();
        m_view->setFollowing(true);
        m_follow->setChecked(true);
    }
    for (const std::unique_ptr<LogFeed> &open : m_feeds) {
        if (open)
            open->setLive(isRunning());
    }
    follow();
    presentState();
}

bool LogsTab::isRunning() const
{
    return m_instance && m_instance->status == InstanceStatus::Running;
}

void LogsTab::setKind(Kind kind)
{
    m_kind = kind;
    m_kinds->button(kind)->setChecked(true);
    m_savedText.clear();
    follow();
    showFeed();
}

QString LogsTab::address(Kind kind) const
{
    if (!m_instance || !m_instance->connection)
        return {};
    return kind == System ? m_instance->connection->systemLogAddress : m_instance->connection->instanceLogAddress;
}

LogFeed *LogsTab::feed() const
{
    return m_feeds.at(m_kind).get();
}

void LogsTab::pauseUnseen()
{
    for (const std::unique_ptr<LogFeed> &open : m_feeds) {
        if (open)
            open->setPaused(!isVisible() || open.get() != feed());
    }
}

void LogsTab::follow()
{
    pauseUnseen();
    if (!isVisible())
        return;
    const std::optional<QUrl> url = webUrl(address(m_kind));
    std::unique_ptr<LogFeed> &open = m_feeds.at(m_kind);
    if (!url || (open && open->address() == *url)) {
        presentState();
        return;
    }
    // Another address after a restart: the lines of the run before have been read, and this is another run.
    m_view->setText(nullptr);
    open = m_context.insight.logs.open(*url);
    open->setLive(isRunning());
    connect(open.get(), &LogFeed::grown, this, [this, raw = open.get()] {
        if (raw == feed())
            noteGrowth();
    });
    connect(open.get(), &LogFeed::stateChanged, this, &LogsTab::presentState);
    showFeed();
}

void LogsTab::showFeed()
{
    m_view->setText(feed() ? &feed()->text() : nullptr);
    search();
}

void LogsTab::noteGrowth()
{
    m_view->noteGrowth();
    if (!m_recount.isActive())
        m_recount.start();
}

QString LogsTab::stateText() const
{
    const LogFeed *open = feed();
    if (!open && !m_instance)
        return {};
    if (!open && !m_instance->connection)
        return isRunning() ? tr("Waiting for the address of the log…") : tr("The address of the log comes when it runs.");
    if (!open)
        return tr("The cloud has given no address of this log.");
    switch (open->state()) {
    case LogStream::State::Connecting:
        return tr("Connecting…");
    case LogStream::State::Streaming:
        return open->text().isEmpty() ? tr("Connected. There are no lines yet.") : tr("Live");
    case LogStream::State::Waiting:
        return open->problem().isEmpty() ? tr("The log has ended. It is asked for again soon.") : tr("No connection (%1). It is tried again soon.").arg(open->problem());
    case LogStream::State::Ended:
        return open->problem().isEmpty() ? tr("The log has ended.") : tr("The log ended (%1).").arg(open->problem());
    case LogStream::State::Refused:
        return tr("The log cannot be read: %1").arg(open->problem());
    case LogStream::State::Closed:
        break;
    }
    return {};
}

void LogsTab::presentState()
{
    const LogFeed *open = feed();
    QStringList parts{stateText()};
    if (open && !open->text().isEmpty())
        parts.append(tr("%Ln line(s)", nullptr, static_cast<int>(open->text().size())));
    if (open && open->text().firstNumber() > 0 && open->text().size() >= LogText::kMaxLines)
        parts.append(tr("older ones are gone"));
    if (!m_savedText.isEmpty())
        parts.append(m_savedText);
    m_state->setText(parts.join(QStringLiteral(" · ")));
    const bool any = open && !open->text().isEmpty();
    for (QPushButton *button : {m_save, m_copy, m_clear})
        button->setEnabled(any);
    m_again->setVisible(open && (open->state() == LogStream::State::Waiting || open->state() == LogStream::State::Ended));
}

void LogsTab::search()
{
    m_search.setWanted(m_find->text());
    countMatches();
}

void LogsTab::countMatches()
{
    const LogFeed *open = feed();
    if (open && m_search.update(open->text()))
        m_recount.start();
    const bool searching = !m_find->text().isEmpty();
    m_found->setText(searching ? format::number(m_search.total()) : QString());
    m_found->setToolTip(searching ? tr("%Ln place(s) found", nullptr, m_search.total()) : QString());
    m_previous->setEnabled(m_search.total() > 0);
    m_next->setEnabled(m_search.total() > 0);
    presentState();
}

void LogsTab::findNext(bool backward)
{
    // What is not there would be looked for in every line, twice.
    if (m_find->text().isEmpty() || (m_search.total() == 0 && !m_recount.isActive()))
        return;
    m_view->setFollowing(false);
    m_follow->setChecked(false);
    m_view->findText(m_find->text(), backward);
}

void LogsTab::save()
{
    const LogFeed *open = feed();
    if (!open || !m_instance)
        return;
    const QStringList lines = open->text().lines(0, open->text().endNumber());
    const QString suggestion = QStringLiteral("%1-%2.log").arg(m_instance->id.toString(), m_kind == System ? QStringLiteral("system") : QStringLiteral("instance"));
    const QPointer<LogsTab> self(this);
    m_context.prompts.saveFile(this, tr("Save log"), suggestion, tr("Log files (*.log *.txt)"), [self, lines](const QString &path) {
        if (!self || path.isEmpty())
            return;
        auto *saver = new LogSaver(path, lines, self);
        connect(saver, &LogSaver::finished, self, [self](const QString &file, const QString &problem) {
            self->m_savedText = problem.isEmpty() ? tr("saved to %1").arg(file) : tr("not saved: %1").arg(problem);
            self->presentState();
        });
        saver->start();
    });
}

void LogsTab::retranslate()
{
    m_kinds->button(System)->setText(tr("System"));
    m_kinds->button(System)->setAccessibleName(tr("System log"));
    m_kinds->button(Own)->setText(tr("Instance"));
    m_kinds->button(Own)->setAccessibleName(tr("Instance log"));
    m_follow->setText(tr("Follow"));
    m_follow->setToolTip(tr("Stay at the newest line"));
    m_wrap->setText(tr("Wrap"));
    m_wrap->setToolTip(tr("Break long lines"));
    m_find->setPlaceholderText(tr("Find"));
    m_find->setAccessibleName(tr("Find in log"));
    m_previous->setAccessibleName(tr("Previous match"));
    m_previous->setToolTip(tr("Previous match (Shift+F3)"));
    m_next->setAccessibleName(tr("Next match"));
    m_next->setToolTip(tr("Next match (F3)"));
    m_view->setAccessibleName(tr("Log lines"));
    m_again->setText(tr("Try again"));
    m_again->setAccessibleName(tr("Read log again"));
    m_save->setText(tr("Save…"));
    m_save->setAccessibleName(tr("Save log"));
    m_copy->setText(tr("Copy"));
    m_copy->setAccessibleName(tr("Copy log"));
    m_copy->setToolTip(tr("Copies what is selected, or everything"));
    m_clear->setText(tr("Clear"));
    m_clear->setAccessibleName(tr("Clear log"));
    presentState();
}

bool LogsTab::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_find && event->type() == QEvent::KeyPress) {
        const auto *key = static_cast<QKeyEvent *>(event);
        if (key->key() == Qt::Key_Escape && !m_find->text().isEmpty()) {
            m_find->clear();
            return true;
        }
        if (key->key() == Qt::Key_Return && key->modifiers() == Qt::ShiftModifier) {
            findNext(true);
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

void LogsTab::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    follow();
}

void LogsTab::hideEvent(QHideEvent *event)
{
    QWidget::hideEvent(event);
    pauseUnseen();
}

void LogsTab::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
}

} // namespace novita
