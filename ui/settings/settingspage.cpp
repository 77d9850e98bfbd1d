// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/settings/settingspage.h"

#include "core/settings/settings.h"
#include "core/settings/settingskeys.h"
#include "core/workflows/balancewatch.h"
#include "core/workflows/endpointcheck.h"
#include "ui/imageservers/imageserverbox.h"
#include "ui/settings/imagefolders.h"
#include "ui/settings/linesettings.h"
#include "ui/settings/localapibox.h"
#include "ui/settings/profilessection.h"
#include "ui/settings/settingchecks.h"
#include "ui/settings/settingeditors.h"
#include "ui/settings/settingssection.h"
#include "ui/settings/settingssections.h"
#include "ui/settings/webhooksettings.h"
#include "ui/theme.h"
#include "ui/widgets/errorbanner.h"
#include "ui/widgets/pageheader.h"

#include <QDir>
#include <QEvent>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QListWidget>
#include <QRegularExpression>
#include <QScrollArea>
#include <QStackedWidget>
#include <QUrl>
#include <QVBoxLayout>

namespace novita {

namespace {

constexpr int kListWidth = 168;
constexpr int kColumnWidth = 640;

Result<QString> checkProxy(const QString &text)
{
    if (text.isEmpty())
        return text;
    const QUrl url(text, QUrl::StrictMode);
    static const QStringList schemes{QStringLiteral("http"), QStringLiteral("socks5")};
    if (!url.isValid() || !schemes.contains(url.scheme()) || url.host().isEmpty() || url.port() <= 0)
        return Error::make(ErrorKind::Validation, SettingsPage::tr("A proxy is written http://host:port or socks5://host:port."));
    if (!url.userInfo().isEmpty())
        return Error::make(ErrorKind::Validation, SettingsPage::tr("User name and password are not kept in the settings; use a proxy without them."));
    return text;
}

Result<QString> checkRegion(const QString &text)
{
    static const QRegularExpression region(QStringLiteral("^[A-Za-z0-9_-]{0,40}$"));
    if (!region.match(text).hasMatch())
        return Error::make(ErrorKind::Validation, SettingsPage::tr("A region is written like US-CA-06."));
    return text;
}

Result<QString> checkStatuses(const QString &text)
{
    const Result<AcceptedStatuses> statuses = AcceptedStatuses::parse(text);
    return statuses ? Result<QString>(text.trimmed()) : Result<QString>(statuses.error());
}

Result<QString> checkMoneyMarks(const QString &text)
{
    const Result<QList<Money>> marks = parseMoneyMarks(text);
    return marks ? Result<QString>(text.trimmed()) : Result<QString>(marks.error());
}

Result<QString> checkHourMarks(const QString &text)
{
    const Result<QList<std::chrono::hours>> marks = parseHourMarks(text);
    return marks ? Result<QString>(text.trimmed()) : Result<QString>(marks.error());
}

/// Languages that this build carries, and "system".
QStringList languageChoices()
{
    QStringList out{QStringLiteral("system"), QStringLiteral("en")};
    const QStringList files = QDir(QStringLiteral(":/i18n")).entryList({QStringLiteral("app_*.qm")});
    for (const QString &file : files) {
        const QString code = file.mid(4).chopped(3);
        if (!out.contains(code))
            out.append(code);
    }
    return out;
}

} // namespace

SettingsPage::SettingsPage(UiContext context, QWidget *parent)
    : Page(parent)
    , m_context(context)
    , m_header(new PageHeader(context.theme, this))
    , m_banner(new ErrorBanner(context.theme, this))
    , m_list(new QListWidget(this))
    , m_stack(new QStackedWidget(this))
{
    m_banner->setDismissible(true);
    buildLayout();
    buildSections();
    connect(m_list, &QListWidget::currentRowChanged, m_stack, &QStackedWidget::setCurrentIndex);
    connect(m_list, &QListWidget::itemSelectionChanged, this, &SettingsPage::keepMark);
    connect(&context.settings, &Settings::writeFailed, this, [this](const QString &message) { m_banner->showMessage(StateTone::Bad, message); });
    retranslate();
    m_list->setCurrentRow(0);
}

/// A press beside the words takes the mark from the section that is shown nevertheless.
void SettingsPage::keepMark()
{
    if (QListWidgetItem *item = m_list->currentItem(); item && !item->isSelected())
        item->setSelected(true);
}

void SettingsPage::buildLayout()
{
    connect(&m_context.theme, &Theme::changed, this, &SettingsPage::fitList);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setProperty("sections", true);
    auto *columns = new QHBoxLayout;
    columns->setSpacing(space::kPage);
    columns->addWidget(m_list);
    columns->addWidget(m_stack, 1);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(space::kPage, space::kGroup, space::kPage, space::kGroup);
    layout->setSpacing(space::kGroup);
    layout->addWidget(m_header);
    layout->addWidget(m_banner);
    layout->addLayout(columns, 1);
}

SettingsSection *SettingsPage::addSection()
{
    auto *section = new SettingsSection(m_context.theme);
    section->setMaximumWidth(kColumnWidth);
    auto *scroll = new QScrollArea(m_stack);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->setWidget(section);
    m_stack->addWidget(scroll);
    m_sections.append(section);
    return section;
}

void SettingsPage::buildSections()
{
    Settings &settings = m_context.settings;
    const Theme &theme = m_context.theme;
    SettingsSection *general = addSection();
    general->add(new BoolSetting(settings, theme, keys::kRestoreSession, general));
    general->add(new BoolSetting(settings, theme, keys::kTrayIcon, general));
    general->add(new BoolSetting(settings, theme, keys::kCloseToTray, general));
    general->add(new BoolSetting(settings, theme, keys::kConfirmStop, general));
    general->add(new IntSetting(settings, theme, keys::kClipboardClearSeconds, general));
    general->add(new IntSetting(settings, theme, keys::kBulkParallel, general));
    general->add(new IntSetting(settings, theme, keys::kHistoryDays, general));
    general->add(new ChoiceSetting(settings, theme, keys::kLogLevel, {}, general));
    general->add(new ChoiceSetting(settings, theme, keys::kLogFormat, {}, general));

    m_profiles = new ProfilesSection(m_context, m_stack);
    m_stack->addWidget(m_profiles);

    SettingsSection *network = addSection();
    network->add(new IntSetting(settings, theme, keys::kRequestTimeoutMs, network));
    network->add(new IntSetting(settings, theme, keys::kMaxRetries, network));
    network->add(new IntSetting(settings, theme, keys::kMaxInFlight, network));
    network->add(new IntSetting(settings, theme, keys::kRequestsPerMinute, network));
    network->add(new TextSetting(settings, theme, keys::kProxyUrl, &checkProxy, nullptr, network));
    network->add(new TextSetting(settings, theme, keys::kCaFile, &checkReadableFile, &m_context.prompts, network));

    SettingsSection *monitoring = addSection();
    for (const SettingKey<int> *key : {&keys::kPollIntervalMs, &keys::kStableIntervalMs, &keys::kHiddenIntervalMs, &keys::kStartupTimeoutMs})
        monitoring->add(new IntSetting(settings, theme, *key, monitoring));
    monitoring->add(new TextSetting(settings, theme, keys::kAcceptedStatuses, &checkStatuses, nullptr, monitoring));
    monitoring->add(new TextSetting(settings, theme, keys::kDefaultRegion, &checkRegion, nullptr, monitoring));
    monitoring->add(new ListSetting(settings, theme, keys::kRegionOrder, monitoring));

    SettingsSection *notifications = addSection();
    for (const SettingKey<bool> *key :
         {&keys::kNotifyDesktop, &keys::kNotifyReady, &keys::kNotifyStartFailed, &keys::kNotifyStartLate, &keys::kNotifySpot, &keys::kNotifyLowBalance,
          &keys::kNotifyGuard, &keys::kNotifySchedule, &keys::kNotifyJobEnded, &keys::kNotifyBatchEnded, &keys::kNotifyProductWatch,
          &keys::kNotifyWebhookReceiver, &keys::kNotifyWebhookRule})
        notifications->add(new BoolSetting(settings, theme, *key, notifications));

    notifications->add(new TextSetting(settings, theme, keys::kLowBalanceMarks, &checkMoneyMarks, nullptr, notifications));
    notifications->add(new TextSetting(settings, theme, keys::kLowHoursMarks, &checkHourMarks, nullptr, notifications));

    fillWebhookSettings(addSection(), m_context);

    SettingsSection *localApi = addSection();
    localApi->add(new BoolSetting(settings, theme, keys::kLocalApiEnabled, localApi));
    localApi->add(new IntSetting(settings, theme, keys::kLocalApiPort, localApi));
    localApi->addWidget(new LocalApiBox(m_context, localApi));

    SettingsSection *images = addSection();
    images->add(new ChoiceSetting(settings, theme, keys::kImageOutputType, {}, images));
    images->add(new ChoiceSetting(settings, theme, keys::kImageMetadata, {}, images));
    images->add(new BoolSetting(settings, theme, keys::kImageNsfwCheck, images));
    images->add(new BoolSetting(settings, theme, keys::kBlurFlagged, images));
    images->addWidget(new ImageServerBox(m_context, images));
    images->addWidget(new ImageFolders(m_context, images));

    SettingsSection *appearance = addSection();
    appearance->add(new ChoiceSetting(settings, theme, keys::kColorScheme, {}, appearance));
    appearance->add(new IntSetting(settings, theme, keys::kTextSizePercent, appearance));
    appearance->add(new BoolSetting(settings, theme, keys::kCompactRows, appearance));
    appearance->add(new ChoiceSetting(settings, theme, keys::kLanguage, languageChoices(), appearance));
}

QString SettingsPage::title() const
{
    return tr("Settings");
}

void SettingsPage::activate()
{
    showProblems();
    m_profiles->activate();
}

void SettingsPage::showProblems()
{
    QStringList sentences;
    const QList<SettingProblem> problems = m_context.settings.problems();
    for (const SettingProblem &problem : problems)
        sentences.append(problem.message);
    if (!sentences.isEmpty())
        m_banner->showMessage(StateTone::Warn, sentences.join(QLatin1Char('\n')));
}

void SettingsPage::focusContent()
{
    m_list->setFocus();
}

void SettingsPage::openTarget(const QString &target)
{
    const QList<SettingsSectionInfo> sections = settingsSections();
    for (int i = 0; i < sections.size(); ++i) {
        if (sections.at(i).id == target)
            m_list->setCurrentRow(i);
    }
}

QJsonObject SettingsPage::saveState() const
{
    return {{QStringLiteral("section"), settingsSections().at(qMax(0, m_list->currentRow())).id}};
}

void SettingsPage::restoreState(const QJsonObject &state)
{
    openTarget(state.value(QStringLiteral("section")).toString());
}

void SettingsPage::changeEvent(QEvent *event)
{
    Page::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
}

/// No section's name is cut off, however large text is.
void SettingsPage::fitList()
{
    m_list->setFixedWidth(qMax(kListWidth, m_list->sizeHintForColumn(0) + 2 * space::kRelated));
}

void SettingsPage::retranslate()
{
    m_header->setTitle(title());
    m_list->setAccessibleName(tr("Settings sections"));
    const QList<SettingsSectionInfo> infos = settingsSections();
    const int row = m_list->currentRow();
    while (m_list->count() < infos.size())
        m_list->addItem(QString());
    int section = 0;
    for (int i = 0; i < infos.size(); ++i) {
        m_list->item(i)->setText(infos.at(i).title);
        if (infos.at(i).id != QLatin1String("profiles"))
            m_sections.at(section++)->setTitle(infos.at(i).title);
    }
    m_list->setCurrentRow(qMax(0, row));
    fitList();
    const QString perProfile = m_context.profiles.active() ? tr("Time-outs and limits belong to the profile in use.") : QString();
    m_sections.at(1)->setLead(perProfile);
}

} // namespace novita
