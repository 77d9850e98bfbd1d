// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/images/importdialog.h"

#include "core/base/displaytext.h"
#include "core/gallery/picturestore.h"
#include "core/images/imageworkspace.h"
#include "core/workflows/background.h"
#include "ui/images/askserverbutton.h"
#include "ui/images/founddetails.h"
#include "ui/images/importrun.h"
#include "ui/theme.h"
#include "ui/widgets/makers.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QListWidget>
#include <QLocale>
#include <QPushButton>
#include <QScreen>
#include <QScopedValueRollback>
#include <QScrollArea>
#include <QVBoxLayout>

#include <algorithm>

namespace novita {

namespace {

constexpr int kShownProblems = 6;

QString noteOf(const FoundPicture &found)
{
    switch (found.place) {
    case FoundPicture::Place::AmongThese:
        return ImportDialog::tr("the same picture as one above");
    case FoundPicture::Place::Gallery:
        return ImportDialog::tr("already in the gallery");
    case FoundPicture::Place::Trash:
        return ImportDialog::tr("in the trash; adding it takes it out again");
    case FoundPicture::Place::Nowhere:
        break;
    }
    return found.saysHow() ? imageToolName(found.tool) : ImportDialog::tr("no settings");
}

} // namespace

ImportDialog::ImportDialog(const UiContext &context, Find find, QWidget *parent)
    : QDialog(parent)
    , m_context(context)
    , m_lead(makeWords("text2", this))
    , m_list(new QListWidget(this))
    , m_details(new FoundDetails(context))
    , m_restore(new QPushButton(this))
    , m_source(new QPushButton(this))
    , m_ask(new AskServerButton(context, this))
    , m_problems(makeWords("warn", this))
    , m_close(new QPushButton(this))
    , m_add(new QPushButton(this))
{
    buildLayout();
    connect(m_list, &QListWidget::currentItemChanged, this, &ImportDialog::showCurrent);
    connect(m_list, &QListWidget::itemChanged, this, [this] {
        if (!m_isFilling)
            present();
    });
    connect(m_restore, &QPushButton::clicked, this, &ImportDialog::restore);
    connect(m_source, &QPushButton::clicked, this, &ImportDialog::useAsSource);
    connect(m_ask, &AskServerButton::answered, this, &ImportDialog::tookAnswer);
    connect(m_ask, &AskServerButton::failed, m_details, &FoundDetails::tell);
    connect(m_add, &QPushButton::clicked, this, &ImportDialog::addChosen);
    connect(m_close, &QPushButton::clicked, this, &QDialog::reject);
    connect(&context.images, &ImageWorkspace::profileChanged, this, &QDialog::reject);
    retranslate();
    // A gallery that cannot be read tells when something is put into it; what the pictures say can be used all the
    // same.
    m_listing.reset(context.images.pictures().files(context.images.profile()))
        ->onFinished(this, [this, find = std::move(find)](const Result<QList<PictureFile>> &known) {
            look(find, known.valueOr({}));
        });
}

void ImportDialog::look(const Find &find, const QList<PictureFile> &known)
{
    using Found = std::shared_ptr<const PictureFinds>;
    const auto work = [find, gallery = KnownPictures{m_context.images.files(), known}, stop = m_stop.get_token()] {
        return std::make_shared<const PictureFinds>(find(gallery, stop));
    };
    m_finding.reset(inBackground<Found>(work, this))->onFinished(this, [this](const Result<Found> &found) {
        if (found)
            take(**found);
    });
}

void ImportDialog::setServer(const QString &id)
{
    m_ask->prefer(id);
}

ImportDialog::~ImportDialog()
{
    m_stop.request_stop();
}

void ImportDialog::buildLayout()
{
    const int side = m_context.theme.grown(40);
    m_list->setIconSize({side, side});
    m_list->setUniformItemSizes(true);
    m_list->setTextElideMode(Qt::ElideMiddle);
    m_add->setProperty("primary", true);
    for (QPushButton *button : {m_restore, m_source, m_close, m_add})
        button->setAutoDefault(false);
    auto *uses = new QHBoxLayout;
    uses->setSpacing(space::kRelated);
    uses->addWidget(m_restore);
    uses->addWidget(m_source);
    uses->addWidget(m_ask);
    uses->addStretch(1);
    auto *right = new QVBoxLayout;
    right->setSpacing(space::kRelated);
    right->addWidget(makeScrolling(m_details, this), 1);
    right->addLayout(uses);
    auto *columns = new QHBoxLayout;
    columns->setSpacing(space::kGroup);
    columns->addWidget(m_list, 1);
    columns->addLayout(right, 1);
    auto *end = new QHBoxLayout;
    end->setSpacing(space::kRelated);
    end->addStretch(1);
    end->addWidget(m_close);
    end->addWidget(m_add);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(space::kPage, space::kGroup, space::kPage, space::kGroup);
    layout->setSpacing(space::kGroup);
    layout->addWidget(m_lead);
    layout->addLayout(columns, 1);
    layout->addWidget(m_problems);
    layout->addLayout(end);
    const QSize most = (parentWidget() ? parentWidget()->window()->size() : screen()->availableSize()) -
                       QSize(2 * space::kPage, 2 * space::kPage);
    resize(QSize(fontMetrics().averageCharWidth() * 110, fontMetrics().lineSpacing() * 38).boundedTo(most));
}

void ImportDialog::take(const PictureFinds &finds)
{
    m_finds = finds;
    m_isFound = true;
    fillList();
    present();
}

void ImportDialog::fillList()
{
    const QScopedValueRollback filling(m_isFilling, true);
    m_list->clear();
    for (const FoundPicture &found : std::as_const(m_finds.pictures)) {
        auto *item = new QListWidgetItem(QIcon(QPixmap::fromImage(found.preview)), {}, m_list);
        describe(*item, found);
        item->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable);
        if (found.isThereAlready())
            continue; // nothing to choose
        item->setFlags(item->flags() | Qt::ItemIsUserCheckable);
        // What was thrown away comes back when it is meant: not with a whole folder.
        const bool isMeant = found.place != FoundPicture::Place::Trash || m_finds.pictures.size() == 1;
        item->setCheckState(isMeant ? Qt::Checked : Qt::Unchecked);
    }
    m_list->setCurrentRow(0);
    showCurrent();
}

void ImportDialog::describe(QListWidgetItem &item, const FoundPicture &found)
{
    const QString name = found.name.isEmpty() ? tr("Clipboard") : displayLine(found.name, 100);
    const QString note = noteOf(found);
    item.setText(QStringLiteral("%1\n%2").arg(name, note));
    item.setData(Qt::AccessibleTextRole, QStringLiteral("%1, %2").arg(name, note));
}

const FoundPicture *ImportDialog::current() const
{
    const int row = m_list->currentRow();
    return row >= 0 && row < m_finds.pictures.size() ? &m_finds.pictures.at(row) : nullptr;
}

QList<FoundPicture> ImportDialog::chosen() const
{
    QList<FoundPicture> out;
    for (int row = 0; row < m_list->count() && row < m_finds.pictures.size(); ++row) {
        if (m_list->item(row)->checkState() == Qt::Checked)
            out.append(m_finds.pictures.at(row));
    }
    return out;
}

void ImportDialog::showCurrent()
{
    const FoundPicture *found = current();
    m_details->present(found);
    m_ask->offer(found && !found->isFilm ? found : nullptr);
    present();
}

void ImportDialog::tookAnswer(const FoundPicture &found)
{
    for (qsizetype row = 0; row < m_finds.pictures.size() && row < m_list->count(); ++row) {
        FoundPicture &one = m_finds.pictures[row];
        if (one.hash != found.hash || one.saysHow())
            continue;
        one.recipe = found.recipe;
        one.tool = found.tool;
        one.sidecar = found.sidecar;
        const QScopedValueRollback filling(m_isFilling, true);
        describe(*m_list->item(static_cast<int>(row)), one);
    }
    showCurrent();
}

void ImportDialog::restore()
{
    const FoundPicture *found = current();
    if (!found || !found->recipe)
        return;
    emit restoreRequested(*found->recipe, found->promptTemplate);
    accept();
}

void ImportDialog::useAsSource()
{
    const FoundPicture *found = current();
    if (!found)
        return;
    emit sourceRequested(found->path, found->bytes);
    accept();
}

void ImportDialog::addChosen()
{
    const QList<FoundPicture> pictures = chosen();
    if (pictures.isEmpty() || !m_progress.isEmpty())
        return;
    auto *run = new ImportRun(m_context.images, m_context.clock, pictures, m_runOwner ? m_runOwner.data() : this);
    emit runStarted(run);
    const auto tell = [this, total = pictures.size()](int done) {
        m_progress = tr("Adding %1 of %2…").arg(QLocale().toString(done), QLocale().toString(total));
        present();
    };
    tell(0);
    connect(run, &ImportRun::progressed, this, tell);
    connect(run, &ImportRun::finished, run, &QObject::deleteLater);
    connect(run, &ImportRun::finished, this, [this, total = pictures.size()](int added, const QStringList &problems) {
        m_progress.clear();
        if (problems.isEmpty())
            return accept();
        m_outcome = added > 0 ? tr("Added to the gallery: %1 of %2", "numbers").arg(QLocale().toString(added), QLocale().toString(total)) : QString();
        m_finds.problems = problems;
        m_finds.pictures.clear();
        m_finds.left = 0;
        fillList();
        present();
    });
}

QString ImportDialog::lead() const
{
    const QLocale locale;
    if (!m_progress.isEmpty())
        return m_progress;
    if (!m_isFound)
        return tr("Looking at the files…");
    if (m_finds.pictures.isEmpty() && !m_outcome.isEmpty())
        return m_outcome;
    if (m_finds.pictures.isEmpty())
        return m_finds.problems.isEmpty() ? tr("No pictures were found.") : tr("Nothing of it could be taken.");
    const auto known = std::count_if(m_finds.pictures.begin(), m_finds.pictures.end(),
                                     [](const FoundPicture &one) { return one.isThereAlready(); });
    const auto trashed = std::count_if(m_finds.pictures.begin(), m_finds.pictures.end(),
                                       [](const FoundPicture &one) { return one.place == FoundPicture::Place::Trash; });
    const auto saying = std::count_if(m_finds.pictures.begin(), m_finds.pictures.end(),
                                      [](const FoundPicture &one) { return one.saysHow(); });
    QStringList parts{tr("Pictures: %1", "a number").arg(locale.toString(m_finds.pictures.size())),
                      tr("with their settings: %1", "a number").arg(locale.toString(static_cast<qint64>(saying)))};
    if (known > 0)
        parts.append(tr("already in the gallery: %1", "a number").arg(locale.toString(static_cast<qint64>(known))));
    if (trashed > 0)
        parts.append(tr("in the trash: %1", "a number").arg(locale.toString(static_cast<qint64>(trashed))));
    if (m_finds.left > 0)
        parts.append(tr("too many at once, left out: %1", "a number").arg(locale.toString(m_finds.left)));
    return parts.join(QStringLiteral(" · "));
}

void ImportDialog::present()
{
    const FoundPicture *found = current();
    const bool isBusy = !m_progress.isEmpty();
    const qsizetype count = chosen().size();
    m_lead->setText(lead());
    QStringList lines = m_finds.problems.mid(0, kShownProblems);
    if (m_finds.problems.size() > kShownProblems)
        lines.append(tr("and %1 more").arg(QLocale().toString(m_finds.problems.size() - kShownProblems)));
    m_problems->setText(lines.join(u'\n'));
    m_problems->setVisible(!lines.isEmpty());
    m_list->setEnabled(!isBusy);
    m_restore->setEnabled(found && found->saysHow() && !isBusy);
    m_source->setEnabled(found && !found->isFilm && !isBusy);
    m_add->setEnabled(count > 0 && !isBusy && !m_context.images.profile().isEmpty());
    m_add->setText(count > 1 ? tr("Add %1 to the gallery").arg(QLocale().toString(count)) : tr("Add to the gallery"));
}

void ImportDialog::retranslate()
{
    setWindowTitle(tr("Bring pictures in"));
    m_list->setAccessibleName(tr("Pictures that were found"));
    m_details->retranslate();
    m_restore->setText(tr("Restore settings…"));
    m_restore->setAccessibleName(tr("Restore settings"));
    m_restore->setToolTip(tr("Puts what this picture was made from into the form"));
    m_source->setText(tr("Use as source"));
    m_source->setAccessibleName(tr("Use as source"));
    m_close->setText(tr("Close"));
    m_close->setAccessibleName(tr("Close"));
    m_add->setAccessibleName(tr("Add to the gallery"));
    fillList();
    present();
}

void ImportDialog::changeEvent(QEvent *event)
{
    QDialog::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
}

} // namespace novita
