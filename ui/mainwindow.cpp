// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/mainwindow.h"

#include "core/cloud/types/instancedraft.h"
#include "core/guards/guards.h"
#include "core/settings/settings.h"
#include "core/settings/settingskeys.h"
#include "core/workflows/notificationcenter.h"
#include "core/workflows/refresher.h"
#include "core/workflows/sessioncontroller.h"
#include "core/workflows/stores.h"
#include "ui/aboutbox.h"
#include "ui/accountgate.h"
#include "ui/actionregistry.h"
#include "ui/activity/activitypage.h"
#include "ui/batchhost.h"
#include "ui/commandpalette.h"
#include "ui/costs/costspage.h"
#include "ui/dashboard/dashboardpage.h"
#include "ui/images/imagespage.h"
#include "ui/instances/guarddialogs.h"
#include "ui/instances/instancespage.h"
#include "ui/noticebar.h"
#include "ui/notificationcards.h"
#include "ui/paletteentries.h"
#include "ui/products/productspage.h"
#include "ui/rail.h"
#include "ui/sessionstate.h"
#include "ui/settings/settingspage.h"
#include "ui/statusbar.h"
#include "ui/templates/templatespage.h"
#include "ui/theme.h"
#include "ui/webhooks/webhookspage.h"
#include "ui/welcome/welcomepage.h"
#include "ui/widgets/readonlytextaccess.h"
#include "ui/wizardhost.h"

#include <QAction>
#include <QCloseEvent>
#include <QCoreApplication>
#include <QDesktopServices>
#include <QHBoxLayout>
#include <QMenuBar>
#include <QScreen>
#include <QStackedWidget>
#include <QUrl>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace novita {

namespace {

constexpr QSize kDefaultSize(1280, 800);
constexpr QSize kLeastSize(800, 560);

} // namespace

class MainWindow::Private
{
public:
    Private(MainWindow *window, UiContext uiContext)
        : q(window)
        , context(uiContext)
        , actions(new ActionRegistry(context.theme, *window))
        , root(new QStackedWidget(window))
        , shell(new QWidget(root))
        , welcome(new WelcomePage(context, root))
        , rail(new Rail(context, shell))
        , notices(new NoticeBar(context, shell))
        , stack(new QStackedWidget(shell))
        , status(new StatusBar(context, shell))
        , cards(new NotificationCards(context, shell))
        , palette(new CommandPalette(context.theme, window))
        , wizards(new WizardHost(context, *window))
        , batches(new BatchHost(context, *window))
    {
    }

    void buildLayout();
    void addPages();
    void addPage(Page *page);
    void connectActions();
    void connectSession();
    void showPage(Page *page);
    void showWelcomeWhenNeeded();
    void tellWanted();
    void showTitle();
    void retranslate();

    MainWindow *q;
    UiContext context;
    ActionRegistry *actions;
    QStackedWidget *root;
    QWidget *shell;
    WelcomePage *welcome;
    Rail *rail;
    NoticeBar *notices;
    QStackedWidget *stack;
    StatusBar *status;
    NotificationCards *cards;
    CommandPalette *palette;
    WizardHost *wizards;
    BatchHost *batches;
    QList<Page *> pages;
    Page *current = nullptr;
    std::function<bool()> closeHandler;
    bool quitting = false;    ///< not to be hidden instead
    bool closeAnyway = false; ///< the question about a running create was answered
};

void MainWindow::Private::buildLayout()
{
    auto *middle = new QVBoxLayout;
    middle->setSpacing(0);
    middle->addWidget(notices);
    middle->addWidget(stack, 1);
    middle->addWidget(cards);
    auto *upper = new QHBoxLayout;
    upper->setSpacing(0);
    upper->addWidget(rail);
    upper->addLayout(middle, 1);
    auto *layout = new QVBoxLayout(shell);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addLayout(upper, 1);
    layout->addWidget(status);
    root->addWidget(shell);
    root->addWidget(welcome);
    q->setCentralWidget(root);
    q->setMinimumSize(kLeastSize);
    // The frame that the window manager adds must fit, too, or the status bar ends up below the screen.
    constexpr QSize kFrame(0, 40);
    q->resize(kDefaultSize.boundedTo(q->screen()->availableSize() - kFrame));
}

void MainWindow::Private::addPages()
{
    addPage(new DashboardPage(context, stack));
    addPage(new InstancesPage(context, stack));
    addPage(new ProductsPage(context, stack));
    addPage(new TemplatesPage(context, stack));
    addPage(new ImagesPage(context, stack));
    addPage(new CostsPage(context, stack));
    addPage(new WebhooksPage(context, stack));
    addPage(new ActivityPage(context, stack));
    addPage(new SettingsPage(context, stack));
    actions->setPages(pages, [this](const QString &id) { q->openPage(id); });
}

void MainWindow::Private::addPage(Page *page)
{
    pages.append(page);
    stack->addWidget(page);
    rail->addPage(page->pageId(), page->title(), page->iconName());
    connect(page, &Page::openPageRequested, q, &MainWindow::openPage);
    connect(page, &Page::openInstanceRequested, q, &MainWindow::openInstance);
    connect(page, &Page::newInstanceRequested, q, &MainWindow::openCreateWizard);
    connect(page, &Page::cloneInstanceRequested, q, [this](const QString &id) { wizards->openClone(InstanceId(id)); });
    connect(page, &Page::severalInstancesRequested, q, [this](const QString &id) {
        const Instance *like = context.stores.instances.find(InstanceId(id));
        batches->openNew(like ? InstanceDraft::fromInstance(*like, like->name) : InstanceDraft());
    });
    connect(page, &Page::pageChanged, q, [this, page] {
        if (page != current)
            return;
        actions->setCurrentPage(page);
        tellWanted();
    });
}

void MainWindow::Private::connectActions()
{
    const auto on = [this](WindowAction id, auto handler) { connect(actions->action(id), &QAction::triggered, q, handler); };
    on(WindowAction::NewInstance, [this] { q->openCreateWizard(); });
    on(WindowAction::CommandPalette, [this] {
        const PaletteTargets targets{[this](const QString &id) { q->openPage(id); }, [this](const QString &id) { q->openInstance(id); },
                                     [this](const QString &product, const QString &from) { q->openCreateWizard(product, from); }};
        // What a covered page offers needs the key that is missing.
        const Page *seen = root->currentWidget() == welcome ? nullptr : current;
        palette->openWith(paletteEntries(context, *actions, seen, targets));
    });
    on(WindowAction::Refresh, [this] {
        // A rejected key is put aside, so there is nothing to read with; whoever asks again means the key, too.
        if (!context.session.retryKey())
            current->refresh();
    });
    on(WindowAction::Filter, [this] { current->focusFilter(); });
    on(WindowAction::ToggleRail, [this] { rail->setCollapsed(!rail->isCollapsed()); });
    on(WindowAction::Settings, [this] { q->openPage(QStringLiteral("settings")); });
    on(WindowAction::Profiles, [this] { q->openPage(QStringLiteral("settings/profiles")); });
    on(WindowAction::Quit, [this] { q->quit(); });
    on(WindowAction::Documentation, [] { QDesktopServices::openUrl(QUrl(QStringLiteral("https://novita.ai/docs"))); });
    on(WindowAction::About, [this] { openAboutBox(q); });
    connect(wizards, &WizardHost::created, q, [this](const InstanceId &id) { q->openInstance(id.toString()); });
    connect(wizards, &WizardHost::createdInBackground, q, [this](const InstanceId &id, const QString &name) {
        notices->showNews(StateTone::Good, tr("“%1” was created.").arg(name), tr("Show instance"), QStringLiteral("instances/") + id.toString());
    });
    connect(wizards, &WizardHost::newsChanged, q, [this](StateTone tone, const QString &sentence) { notices->showNews(tone, sentence); });
    connect(wizards, &WizardHost::openPageRequested, q, &MainWindow::openPage);
    connect(wizards, &WizardHost::severalRequested, batches, &BatchHost::openNew);
    connect(batches, &BatchHost::modelEditRequested, wizards, &WizardHost::openDraft);
    connect(batches, &BatchHost::openInstanceRequested, q, &MainWindow::openInstance);
    connect(batches, &BatchHost::newsChanged, q, [this](StateTone tone, const QString &sentence, const QString &label) {
        notices->showNews(tone, sentence, label, BatchHost::newsTarget());
    });
    connect(rail, &Rail::pageChosen, q, &MainWindow::openPage);
    connect(status, &StatusBar::pageRequested, q, &MainWindow::openPage);
    connect(notices, &NoticeBar::pageRequested, q, &MainWindow::openPage);
    connect(cards, &NotificationCards::allRequested, q, [this] { q->openPage(QStringLiteral("activity/events")); });
    connect(&context.notifications, &NotificationCenter::openRequested, q, [this](const QString &page) {
        q->comeForward();
        q->openPage(page);
    });
    connect(&context.guards.spot, &SpotGuard::migrationAsked, q, [this](const QList<InstanceId> &ids) {
        q->comeForward();
        guarddialogs::askToMigrate(context, ids, q);
    });
    connect(welcome, &WelcomePage::openPageRequested, q, &MainWindow::openPage);
}

void MainWindow::Private::connectSession()
{
    connect(rail, &Rail::profileChosen, q, [this](const ProfileId &id) {
        const std::optional<Profile> active = context.profiles.active();
        if (active && active->id == id)
            return;
        context.gate.passToProfile(q, [this, id] { context.session.switchTo(id); });
    });
    connect(&context.session, &SessionController::connectionChanged, q, [this] { showWelcomeWhenNeeded(); });
    connect(&context.session, &SessionController::profileSwitched, q, [this] { showWelcomeWhenNeeded(); });
    connect(&context.profiles, &ProfileStore::activeChanged, q, [this] { showWelcomeWhenNeeded(); });
    connect(welcome, &WelcomePage::connected, q, [this](const QString &sentence) {
        notices->showNews(StateTone::Good, sentence);
        showWelcomeWhenNeeded();
    });
}

void MainWindow::Private::showWelcomeWhenNeeded()
{
    // Settings stay open without a key: that is where a key is replaced.
    const ConnectionState state = context.session.connection();
    const bool keyless = !context.profiles.active() || state == ConnectionState::NoProfile || state == ConnectionState::NoKey;
    const bool inSettings = current && current->pageId() == QLatin1String("settings") && root->currentWidget() == shell;
    QWidget *wanted = keyless && !(inSettings && q->isVisible()) ? static_cast<QWidget *>(welcome) : shell;
    if (root->currentWidget() != wanted) {
        root->setCurrentWidget(wanted);
        if (wanted == welcome)
            welcome->activate();
        else if (current)
            current->focusContent();
    }
    const bool covered = wanted == welcome;
    showTitle();
    for (const WindowAction id : {WindowAction::Refresh, WindowAction::Filter})
        actions->action(id)->setEnabled(!covered);
    actions->setCurrentPage(covered ? nullptr : current);
    actions->action(WindowAction::NewInstance)->setEnabled(!keyless && !context.session.isReadOnly());
    tellWanted();
}

void MainWindow::Private::showPage(Page *page)
{
    if (page == current)
        return;
    if (current)
        current->deactivate();
    current = page;
    stack->setCurrentWidget(page);
    rail->setCurrent(page->pageId());
    actions->setCurrentPage(page);
    page->activate();
    // Tab goes on from the page, not from whatever got the focus when the other page went away.
    page->focusContent();
    retranslate();
    tellWanted();
}

void MainWindow::Private::tellWanted()
{
    // The status bar shows burn and balance on every page, so these are always wanted.
    QSet<DataKind> kinds{DataKind::Instances, DataKind::Products, DataKind::Balance};
    if (current)
        kinds.unite(current->wanted());
    context.refresher.setWanted(kinds);
}

void MainWindow::Private::showTitle()
{
    const bool covered = root->currentWidget() == welcome;
    q->setWindowTitle(current && !covered ? tr("%1 – Novita Console").arg(current->title()) : tr("Novita Console"));
}

void MainWindow::Private::retranslate()
{
    actions->retranslate();
    rail->setAccessibleName(tr("Navigation"));
    for (const Page *page : std::as_const(pages))
        rail->setPageTitle(page->pageId(), page->title());
    showTitle();
}

MainWindow::MainWindow(UiContext context, QWidget *parent)
    : QMainWindow(parent)
    , d(std::make_unique<Private>(this, context))
{
    installReadOnlyTextAccess();
    d->buildLayout();
    d->addPages();
    d->connectActions();
    d->connectSession();
    // A first start has no history to look at yet, but instances to see or to make.
    const auto first = std::find_if(d->pages.cbegin(), d->pages.cend(), [](const Page *page) { return page->pageId() == QLatin1String("instances"); });
    d->showPage(*first);
    d->retranslate();
    d->showWelcomeWhenNeeded();
}

MainWindow::~MainWindow() = default;

QList<Page *> MainWindow::pages() const
{
    return d->pages;
}

Page *MainWindow::currentPage() const
{
    return d->current;
}

bool MainWindow::openPage(const QString &pageId)
{
    if (pageId == BatchHost::newsTarget()) {
        d->batches->openCurrent();
        return true;
    }
    const QString name = pageId.section(QLatin1Char('/'), 0, 0);
    const QString target = pageId.section(QLatin1Char('/'), 1);
    for (Page *page : std::as_const(d->pages)) {
        if (page->pageId() != name)
            continue;
        // Settings cover the welcome page on demand; every other page needs a key.
        if (name == QLatin1String("settings"))
            d->root->setCurrentWidget(d->shell);
        d->showPage(page);
        d->showWelcomeWhenNeeded();
        page->focusContent();
        if (!target.isEmpty())
            page->openTarget(target);
        return true;
    }
    return false;
}

void MainWindow::openInstance(const QString &instanceId)
{
    openPage(QStringLiteral("instances/") + instanceId);
}

void MainWindow::openCreateWizard(const QString &productId, const QString &templateId)
{
    d->wizards->openNew(ProductId(productId), TemplateId(templateId));
}

void MainWindow::showNotice(const QString &sentence)
{
    d->notices->showNotice(sentence);
}

void MainWindow::comeForward()
{
    if (isMinimized())
        showNormal();
    show();
    raise();
    activateWindow();
}

void MainWindow::setCloseHandler(std::function<bool()> handler)
{
    d->closeHandler = std::move(handler);
}

void MainWindow::quit()
{
    if (!isVisible() && d->context.gate.creating().isEmpty()) {
        // Closing what is not seen ends nothing, and showing it for that would only flicker.
        saveSession();
        QCoreApplication::quit();
        return;
    }
    if (!isVisible())
        comeForward();
    d->quitting = true;
    close();
    d->quitting = false;
}

void MainWindow::saveSession()
{
    SessionState state = SessionState::load(d->context.settings);
    state.takeGeometry(*this);
    state.window.insert(QStringLiteral("railCollapsed"), d->rail->isCollapsed());
    state.page = d->current->pageId();
    for (const Page *page : std::as_const(d->pages))
        state.pages.insert(page->pageId(), page->saveState());
    state.store(d->context.settings);
}

void MainWindow::restoreSession()
{
    const SessionState state = SessionState::load(d->context.settings);
    state.applyGeometry(*this);
    d->rail->setCollapsed(state.window.value(QStringLiteral("railCollapsed")).toBool());
    for (Page *page : std::as_const(d->pages)) {
        if (const QJsonObject saved = state.pages.value(page->pageId()); !saved.isEmpty())
            page->restoreState(saved);
    }
    for (Page *page : std::as_const(d->pages)) {
        if (page->pageId() == state.page)
            d->showPage(page);
    }
}

void MainWindow::changeEvent(QEvent *event)
{
    QMainWindow::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        d->retranslate();
    else if (event->type() == QEvent::WindowStateChange)
        d->context.refresher.setHidden(isMinimized() || !isVisible());
}

void MainWindow::closeEvent(QCloseEvent *event)
{
    if (!d->quitting && !d->closeAnyway && d->closeHandler && d->closeHandler()) {
        saveSession();
        event->ignore();
        return;
    }
    if (!d->closeAnyway && !d->context.gate.creating().isEmpty()) {
        event->ignore();
        d->context.gate.pass(this, tr("Quit now?"), tr("Quit anyway"), [this] {
            d->closeAnyway = true;
            // Later: an answer that comes at once finds the window still busy with this event.
            QMetaObject::invokeMethod(this, &QWidget::close, Qt::QueuedConnection);
        });
        return;
    }
    saveSession();
    QMainWindow::closeEvent(event);
}

void MainWindow::showEvent(QShowEvent *event)
{
    QMainWindow::showEvent(event);
    d->context.refresher.setHidden(false);
}

void MainWindow::hideEvent(QHideEvent *event)
{
    QMainWindow::hideEvent(event);
    d->context.refresher.setHidden(true);
}

} // namespace novita
