// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/images/backendpicker.h"

#include "core/cloud/endpoints/fieldnames.h"
#include "core/images/imageservers.h"
#include "core/images/imageworkspace.h"
#include "core/workflows/stores.h"
#include "ui/images/fieldeditor.h"
#include "ui/images/recipeform.h"
#include "ui/imageservers/serverdialog.h"
#include "ui/imageservers/serverwords.h"
#include "ui/theme.h"
#include "ui/widgets/makers.h"
#include "ui/widgets/ruledialog.h"

#include <QComboBox>
#include <QEvent>
#include <QGridLayout>
#include <QLabel>
#include <QSignalBlocker>

namespace novita {

namespace {

/// Stands for the dialog, not for a backend.
const QString &more()
{
    static const QString &id = *new QString(QStringLiteral("servers"));
    return id;
}

} // namespace

BackendPicker::BackendPicker(const UiContext &context, QWidget *parent)
    : QWidget(parent), m_context(context), m_backend(novitaId()), m_label(makeLabel("text2", this)), m_box(new QComboBox(this)), m_note(makeWords("text3", this))
{
    auto *grid = new QGridLayout(this);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(space::kRelated);
    grid->setVerticalSpacing(space::kInside);
    grid->setColumnStretch(1, 1);
    grid->addWidget(m_label, 0, 0);
    grid->addWidget(m_box, 0, 1);
    grid->addWidget(m_note, 1, 0, 1, 2);
    m_label->setBuddy(m_box);
    m_box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_box->setMinimumContentsLength(8);
    leaveWheelToForm(m_box);
    retranslate();
    connect(m_box, &QComboBox::activated, this, &BackendPicker::pick);
    if (ImageServers *servers = m_context.images.servers()) {
        connect(servers, &ImageServers::changed, this, [this] {
            fill();
            askForLists();
        });
        connect(servers, &ImageServers::listsChanged, this, [this](const QString &id) {
            if (id != serverId())
                return;
            present();
            emit listsChanged();
        });
    }
}

QString BackendPicker::backend() const
{
    return m_backend;
}

bool BackendPicker::isServer() const
{
    return m_backend != novitaId();
}

QString BackendPicker::serverId() const
{
    ImageServers *servers = m_context.images.servers();
    const std::optional<ImageServerView> view = servers ? servers->findBackend(m_backend) : std::nullopt;
    return view ? view->server.id : QString();
}

std::optional<WebUiLists> BackendPicker::lists() const
{
    return isServer() && m_context.images.servers() ? m_context.images.servers()->lists(serverId()) : std::nullopt;
}

ServerListsState BackendPicker::listsState() const
{
    return isServer() && m_context.images.servers() ? m_context.images.servers()->listsState(serverId()) : ServerListsState::Loaded;
}

bool BackendPicker::choose(const QString &backend)
{
    if (backend == more() || m_box->findData(backend) < 0)
        return false;
    adopt(backend);
    return true;
}

void BackendPicker::pick()
{
    const QString picked = m_box->currentData().toString();
    if (picked != more()) {
        adopt(picked);
        return;
    }
    m_box->setCurrentIndex(m_box->findData(m_backend));
    openForAccount(m_context, new ServerDialog(m_context, window()));
}

void BackendPicker::adopt(const QString &backend)
{
    {
        const QSignalBlocker blocker(m_box);
        m_box->setCurrentIndex(m_box->findData(backend));
    }
    if (backend == m_backend)
        return;
    m_backend = backend;
    present();
    emit chosen(m_backend);
    emit listsChanged();
    askForLists();
}

void BackendPicker::askForLists()
{
    ImageServers *servers = m_context.images.servers();
    const QString id = serverId();
    const std::optional<ImageServerView> view = servers && isServer() ? servers->find(id) : std::nullopt;
    if (view && view->state == ImageServerState::Ready && !servers->lists(id))
        servers->readLists(id);
}

void BackendPicker::fill()
{
    {
        const QSignalBlocker blocker(m_box);
        m_box->clear();
        m_box->addItem(QStringLiteral("Novita"), novitaId());
        if (ImageServers *servers = m_context.images.servers()) {
            const QList<ImageServerView> all = servers->all();
            for (const ImageServerView &view : all) {
                const bool isReady = view.state == ImageServerState::Ready;
                m_box->addItem(isReady ? view.server.name : tr("%1 (%2)", "an image server and its state").arg(view.server.name, serverwords::state(*servers, view)), view.backend);
                m_box->setItemData(m_box->count() - 1, serverwords::place(view, m_context.stores.instances), Qt::ToolTipRole);
            }
            m_box->insertSeparator(m_box->count());
            m_box->addItem(tr("Image servers…"), more());
        }
        m_box->setCurrentIndex(m_box->findData(m_backend));
    }
    if (m_box->currentIndex() < 0)
        adopt(novitaId());
    present();
}

void BackendPicker::present()
{
    ImageServers *servers = m_context.images.servers();
    const std::optional<ImageServerView> view = servers && isServer() ? servers->findBackend(m_backend) : std::nullopt;
    QString sentence;
    const char *tone = "warn";
    if (view && view->state != ImageServerState::Ready) {
        sentence = view->sentence;
    } else if (view) {
        sentence = servers->listsProblem(view->server.id);
        tone = sentence.isEmpty() ? "warn" : "bad";
        if (sentence.isEmpty() && view->isReadable)
            sentence = serverwords::readable(!view->server.user.isEmpty());
        const ServerListsState state = listsState();
        const QString checkpoint = state == ServerListsState::Loaded ? lists()->options.checkpoint : QString();
        if (sentence.isEmpty() && state == ServerListsState::Loading) {
            sentence = tr("It is being asked what it has…");
            tone = "text3";
        } else if (sentence.isEmpty() && !checkpoint.isEmpty()) {
            sentence = tr("It has %1 loaded.", "a checkpoint").arg(checkpoint);
            tone = "text3";
        }
    }
    m_note->setText(sentence);
    m_note->setVisible(!sentence.isEmpty());
    setTone(m_note, tone);
    m_box->setAccessibleDescription(sentence);
}

void BackendPicker::retranslate()
{
    m_label->setText(tr("Made by"));
    m_box->setAccessibleName(tr("Made by"));
    m_box->setToolTip(tr("Novita, or an image server of your own: a Stable Diffusion WebUI on one of your instances or at an address"));
    fill();
}

void BackendPicker::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
}

void offerServerLists(RecipeForm &form, bool onServer, const std::optional<WebUiLists> &lists)
{
    QHash<QString, QList<ChoiceOption>> choices;
    const auto offer = [&choices](const QLatin1String &field, const QStringList &names) {
        for (const QString &name : names)
            choices[field].append({name, name, ModelBase::Unknown});
    };
    if (lists) {
        offer(fields::kSampler, lists->samplers);
        offer(fields::kScheduler, lists->schedulers);
        offer(fields::kUpscaler, lists->upscalers);
    }
    form.setCatalogueOffered(!onServer);
    form.setChoices(choices);
    if (onServer)
        form.setModels(lists ? lists->models : QList<ImageModel>());
    form.setModelsAwaited(onServer && !lists);
}

QStringList serverNames(const std::optional<WebUiLists> &lists, ImageModelType type)
{
    QStringList names;
    for (const ImageModel &model : lists ? lists->models : QList<ImageModel>()) {
        if (model.type == type)
            names.append(model.requestName());
    }
    return names;
}

} // namespace novita
