// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/imageservers/serverdialog.h"

#include "core/images/imageservers.h"
#include "core/images/imageworkspace.h"
#include "core/workflows/stores.h"
#include "ui/imageservers/servereditor.h"
#include "ui/imageservers/serverwords.h"
#include "ui/prompts.h"
#include "ui/theme.h"
#include "ui/widgets/emptystate.h"
#include "ui/widgets/listdialog.h"
#include "ui/widgets/makers.h"
#include "ui/widgets/ruledialog.h"

#include <QEvent>
#include <QLabel>
#include <QPushButton>
#include <QTableWidget>

namespace novita {

namespace {

enum Column { NameColumn, PlaceColumn, StateColumn, ColumnCount };

QString stateTip(const ImageServers &servers, const ImageServerView &view)
{
    QStringList sentences{view.sentence, servers.listsProblem(view.server.id), view.isReadable ? serverwords::readable(!view.server.user.isEmpty()) : QString()};
    sentences.removeAll(QString());
    return sentences.join(QLatin1Char('\n'));
}

} // namespace

ServerDialog::ServerDialog(const UiContext &context, QWidget *parent)
    : QDialog(parent)
    , m_context(context)
    , m_note(makeWords("text2", this))
    , m_table(new QTableWidget(0, ColumnCount, this))
    , m_empty(new EmptyState(this))
    , m_result(makeWords("text2", this))
    , m_add(new QPushButton(this))
    , m_edit(new QPushButton(this))
    , m_test(new QPushButton(this))
    , m_remove(new QPushButton(this))
    , m_close(new QPushButton(this))
{
    layOutListDialog(*this, {m_note, m_table, PlaceColumn, m_result, {m_add, m_edit, m_test, m_remove}, m_close, m_empty}, m_context.theme, {100, 26});
    retranslate();
    connect(m_table, &QTableWidget::itemSelectionChanged, this, &ServerDialog::apply);
    connect(m_table, &QTableWidget::itemActivated, m_edit, &QPushButton::click);
    connect(m_add, &QPushButton::clicked, this, [this] { edit({}); });
    connect(m_empty, &EmptyState::activated, this, [this] { edit({}); });
    connect(m_edit, &QPushButton::clicked, this, [this] {
        if (const auto view = m_context.images.servers()->find(chosenId()))
            edit(view->server);
    });
    connect(m_test, &QPushButton::clicked, this, &ServerDialog::test);
    connect(m_remove, &QPushButton::clicked, this, &ServerDialog::removeChosen);
    connect(m_close, &QPushButton::clicked, this, &QDialog::reject);
    if (ImageServers *servers = m_context.images.servers()) {
        connect(servers, &ImageServers::changed, this, &ServerDialog::fill);
        connect(servers, &ImageServers::listsChanged, this, &ServerDialog::fill);
    }
    m_context.stores.instances.followRows(this, &ServerDialog::fill); // their names
    m_result->hide();
}

void ServerDialog::fill()
{
    ImageServers *servers = m_context.images.servers();
    const QList<ImageServerView> all = servers ? servers->all() : QList<ImageServerView>();
    const QString held = chosenId();
    m_ids.clear();
    m_table->setRowCount(static_cast<int>(all.size()));
    for (int row = 0; row < all.size(); ++row) {
        const ImageServerView &view = all.at(row);
        m_ids.append(view.server.id);
        const QString cells[ColumnCount] = {view.server.name, serverwords::place(view, m_context.stores.instances), serverwords::state(*servers, view)};
        for (int column = 0; column < ColumnCount; ++column) {
            auto *item = new QTableWidgetItem(cells[column]);
            item->setToolTip(column == StateColumn ? stateTip(*servers, view) : cells[column]);
            m_table->setItem(row, column, item);
        }
    }
    const qsizetype row = m_ids.indexOf(held);
    if (!all.isEmpty())
        m_table->selectRow(static_cast<int>(row < 0 ? 0 : row));
    showRows(!all.isEmpty());
    apply();
}

void ServerDialog::showRows(bool hasRows)
{
    // Who has pressed a button that goes is not left without a place.
    const QWidget *focus = focusWidget();
    const bool wasRows = m_table->isVisibleTo(this);
    m_note->setVisible(hasRows);
    m_table->setVisible(hasRows);
    for (QPushButton *button : {m_add, m_edit, m_test, m_remove})
        button->setVisible(hasRows);
    m_empty->setVisible(!hasRows);
    if (focus && wasRows != hasRows)
        (hasRows ? static_cast<QWidget *>(m_table) : m_empty->button())->setFocus();
}

QString ServerDialog::chosenId() const
{
    const int row = m_table->currentRow();
    const bool isSelected = row >= 0 && m_table->selectionModel() && m_table->selectionModel()->isRowSelected(row);
    return isSelected ? m_ids.value(row) : QString();
}

void ServerDialog::apply()
{
    const bool isOne = !chosenId().isEmpty();
    m_edit->setEnabled(isOne);
    m_test->setEnabled(isOne); // also while it is being asked: the focus would go to its neighbour, which removes
    m_remove->setEnabled(isOne);
}

void ServerDialog::say(const char *tone, const QString &sentence)
{
    setTone(m_result, tone);
    m_result->setText(sentence);
    m_result->setVisible(!sentence.isEmpty());
}

void ServerDialog::edit(const ImageServer &server)
{
    say("text2", {});
    openForAccount(m_context, new ServerEditor(m_context, server, this));
}

void ServerDialog::test()
{
    ImageServers *servers = m_context.images.servers();
    const std::optional<ImageServerView> view = servers->find(chosenId());
    if (!view)
        return;
    say("text2", tr("Asking “%1”…").arg(view->server.name));
    m_testing.reset(servers->test(view->server, {}))->onFinished(this, [this, name = view->server.name](const Result<ImageServerReport> &report) {
        if (report)
            say(serverwords::toneOf(*report), tr("“%1”: %2", "an image server and what came of its test").arg(name, serverwords::report(*report)));
        m_testing.reset();
        apply();
    });
    apply();
}

void ServerDialog::removeChosen()
{
    ImageServers *servers = m_context.images.servers();
    const std::optional<ImageServerView> view = servers->find(chosenId());
    if (!view)
        return;
    ConfirmRequest request;
    request.title = tr("Remove “%1”?").arg(view->server.name);
    request.text = tr("Its jobs that wait stay in the queue and find nobody to make them; one that runs is lost. The server itself goes on.");
    request.confirmLabel = tr("Remove server");
    m_context.prompts.confirm(this, request, [this, id = view->server.id](bool yes) {
        if (!yes)
            return;
        m_context.images.servers()->remove(id)->onFinished(this, [this](const Result<Done> &removed) {
            say("bad", removed ? QString() : removed.error().message);
        });
    });
}

void ServerDialog::retranslate()
{
    setWindowTitle(tr("Image servers"));
    m_note->setText(tr("Servers on an instance take jobs while that runs. Passwords are in the keychain."));
    m_table->setAccessibleName(tr("Image servers"));
    m_table->setHorizontalHeaderLabels({tr("Name"), tr("Where"), tr("State")});
    m_add->setText(tr("Add…"));
    m_add->setAccessibleName(tr("Add image server"));
    m_empty->setContent(tr("A Stable Diffusion WebUI server that was started with --api can make pictures too: on one of your instances, on this computer, or at an address."),
                        m_context.images.servers() ? tr("Add an image server…") : QString());
    m_empty->button()->setAccessibleName(m_add->accessibleName());
    m_edit->setText(tr("Edit…"));
    m_edit->setAccessibleName(tr("Edit image server"));
    m_test->setText(tr("Test"));
    m_test->setAccessibleName(tr("Test image server"));
    m_test->setToolTip(tr("Asks it for its settings, models and samplers"));
    m_remove->setText(tr("Remove"));
    m_remove->setAccessibleName(tr("Remove image server"));
    m_close->setText(tr("Close"));
    fill();
}

void ServerDialog::changeEvent(QEvent *event)
{
    QDialog::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
}

} // namespace novita
