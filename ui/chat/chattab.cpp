// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/chat/chattab.h"

#include "core/images/imageworkspace.h"
#include "core/language/languagechat.h"
#include "core/language/languagemodels.h"
#include "ui/chat/chatpanel.h"
#include "ui/chat/modellist.h"
#include "ui/theme.h"

#include <QAction>
#include <QEvent>
#include <QJsonArray>
#include <QSplitter>
#include <QVBoxLayout>

#include <algorithm>

namespace novita {

namespace {

constexpr QLatin1String kListKey("list");
constexpr QLatin1String kChatKey("chat");
constexpr QLatin1String kSizesKey("sizes");

} // namespace

ChatTab::ChatTab(const UiContext &context, QWidget *parent)
    : Page(parent)
    , m_models(context.images.languageModels())
    , m_chat(context.images.chat())
    , m_list(new ModelList(context, m_models))
    , m_panel(new ChatPanel(context, m_chat, m_models))
    , m_halves(new QSplitter(Qt::Horizontal, this))
    , m_reload(new QAction(this))
{
    constexpr int kListWidth = 460;
    constexpr int kChatWidth = 640;
    m_halves->addWidget(m_list);
    m_halves->addWidget(m_panel);
    m_halves->setChildrenCollapsible(false);
    m_halves->setHandleWidth(space::kGroup);
    m_halves->setStretchFactor(0, 2);
    m_halves->setStretchFactor(1, 3);
    m_halves->setSizes({kListWidth, kChatWidth});
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, space::kRelated, 0, 0);
    layout->addWidget(m_halves);
    connect(m_list, &ModelList::chosen, this, [this](const LanguageModelId &id) { m_chat.setModel(id); });
    connect(m_list, &ModelList::activated, m_panel, &ChatPanel::focusMessage);
    const auto followModel = [this] { m_list->setCurrent(m_chat.conversation().model.toString()); };
    connect(&m_chat, &LanguageChat::changed, this, followModel);
    connect(&context.images, &ImageWorkspace::profileChanged, this, [this] {
        if (m_isActive)
            m_models.read(false);
    });
    connect(m_panel, &ChatPanel::openPageRequested, this, &Page::openPageRequested);
    connect(m_reload, &QAction::triggered, this, &ChatTab::refresh);
    followModel();
    retranslate();
}

void ChatTab::activate()
{
    m_isActive = true;
    m_models.read(false);
}

void ChatTab::deactivate()
{
    m_isActive = false;
}

void ChatTab::refresh()
{
    m_models.read(true);
}

void ChatTab::openTarget(const QString &target)
{
    if (const LanguageModel *model = m_models.find(target))
        m_chat.setModel(model->id);
}

void ChatTab::focusFilter()
{
    m_list->focusFilter();
}

void ChatTab::focusContent()
{
    if (m_chat.conversation().model.isEmpty())
        m_list->focusRows();
    else
        m_panel->focusMessage();
}

QList<QAction *> ChatTab::pageActions() const
{
    return QList<QAction *>{m_reload, m_list->copyAction()} + m_panel->actions();
}

QJsonObject ChatTab::saveState() const
{
    QJsonArray sizes;
    for (const int size : m_halves->sizes())
        sizes.append(size);
    return {{kListKey, m_list->saveState()}, {kChatKey, m_panel->saveState()}, {kSizesKey, sizes}};
}

void ChatTab::restoreState(const QJsonObject &state)
{
    m_list->restoreState(state.value(kListKey).toObject());
    m_panel->restoreState(state.value(kChatKey).toObject());
    QList<int> sizes;
    for (const QJsonValue &size : state.value(kSizesKey).toArray())
        sizes.append(size.toInt());
    if (sizes.size() == m_halves->count() && std::all_of(sizes.begin(), sizes.end(), [](int size) { return size > 0; }))
        m_halves->setSizes(sizes);
}

bool ChatTab::isFilled() const
{
    return m_list->isFilled();
}

void ChatTab::retranslate()
{
    m_reload->setText(tr("Read the models again"));
    m_reload->setToolTip(tr("Asks the service for its list (F5)"));
}

void ChatTab::changeEvent(QEvent *event)
{
    Page::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
}

} // namespace novita
