// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/templates/prewarmdialog.h"

#include "core/base/displaytext.h"
#include "core/workflows/resourcecommands.h"
#include "core/workflows/stores.h"
#include "ui/format.h"
#include "ui/widgets/choicebox.h"
#include "ui/widgets/fieldform.h"

#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>

namespace novita {

namespace {

constexpr int kMostTyped = 2000;
constexpr int kProductLines = 5;

DraftProblem noteTooLong()
{
    return {DraftField::Note, PrewarmDialog::tr("At most %1 characters.").arg(kMostPrewarmNoteChars)};
}

} // namespace

PrewarmDialog::PrewarmDialog(const UiContext &context, QWidget *parent)
    : FormDialog(context, parent)
    , m_image(new QLineEdit)
    , m_auth(new QComboBox)
    , m_region(new QComboBox)
    , m_all(new QCheckBox)
    , m_products(new QListWidget)
    , m_note(new QLineEdit)
{
    m_imageLabel = form()->addField({DraftField::Image}, m_image);
    m_sizeNote = form()->addNote();
    m_authLabel = form()->addField({}, m_auth);
    m_regionLabel = form()->addField({DraftField::Cluster}, m_region);
    form()->addWide({}, m_all);
    m_productsLabel = form()->addField({DraftField::Product}, m_products);
    m_noteLabel = form()->addField({DraftField::Note}, m_note);
    m_image->setMaxLength(kMostTyped);
    m_note->setMaxLength(kMostTyped);
    m_all->setChecked(true);
    m_products->setFixedHeight(m_products->fontMetrics().lineSpacing() * kProductLines + 2 * kProductLines * 3);
    m_products->setSelectionMode(QAbstractItemView::SingleSelection);
    connect(m_image, &QLineEdit::textEdited, this, &PrewarmDialog::changed);
    connect(m_note, &QLineEdit::textEdited, this, &PrewarmDialog::changed);
    connect(m_products, &QListWidget::itemChanged, this, &PrewarmDialog::changed);
    connect(m_region, &QComboBox::activated, this, [this] {
        fillProducts();
        changed();
    });
    connect(m_all, &QCheckBox::toggled, this, [this] {
        fillProducts();
        changed();
    });
    const Stores &stores = context.stores;
    const std::initializer_list<const EntityStoreBase *> sources{&stores.clusters, &stores.registryAuths, &stores.products};
    for (const EntityStoreBase *store : sources)
        connect(store, &EntityStoreBase::freshnessChanged, this, &PrewarmDialog::fillChoicesAnew);
    fillChoicesAnew();
    begin();
}

void PrewarmDialog::fillChoicesAnew()
{
    QList<Choice> regions;
    for (const ClusterId &id : context().stores.clusters.ids()) {
        const Cluster *cluster = context().stores.clusters.find(id);
        regions.append({id.toString(), displayName(cluster->name, id.toString())});
    }
    fillChoices(m_region, tr("Choose a region"), regions, m_region->currentData().toString());
    fillChoices(m_auth, tr("None: the image is public"), credentialChoices(context().stores), m_auth->currentData().toString());
    fillProducts();
}

/// The kinds of GPU of the region; none named means all of them.
void PrewarmDialog::fillProducts()
{
    const bool some = !m_all->isChecked();
    form()->setFieldVisible(m_products, some);
    const Cluster *cluster = context().stores.clusters.find(ClusterId(m_region->currentData().toString()));
    QList<Choice> wanted;
    for (const ProductId &id : context().stores.products.ids()) {
        const Product *product = context().stores.products.find(id);
        if (some && cluster && product->kind == ProductKind::Gpu && product->regions.contains(cluster->name))
            wanted.append({id.toString(), displayName(product->name, id.toString())});
    }
    bool same = m_products->count() == wanted.size();
    for (int i = 0; same && i < wanted.size(); ++i)
        same = m_products->item(i)->data(Qt::UserRole).toString() == wanted.at(i).id;
    if (same)
        return;
    m_products->clear();
    for (const Choice &choice : std::as_const(wanted)) {
        auto *item = new QListWidgetItem(choice.words, m_products);
        item->setData(Qt::UserRole, choice.id);
        item->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsUserCheckable);
        item->setCheckState(Qt::Unchecked);
    }
}

PrewarmDraft PrewarmDialog::draft() const
{
    PrewarmDraft draft{m_image->text().trimmed(), RegistryAuthId(m_auth->currentData().toString()), ClusterId(m_region->currentData().toString()), {},
                       m_note->text().trimmed()};
    for (int i = 0; i < m_products->count() && !m_all->isChecked(); ++i) {
        if (m_products->item(i)->checkState() == Qt::Checked)
            draft.productIds.append(ProductId(m_products->item(i)->data(Qt::UserRole).toString()));
    }
    return draft;
}

QString PrewarmDialog::heading() const
{
    return tr("Prewarm an image");
}

QString PrewarmDialog::verb() const
{
    return tr("Start prewarming");
}

QString PrewarmDialog::busyVerb() const
{
    return tr("Starting…");
}

QList<DraftProblem> PrewarmDialog::problems() const
{
    const PrewarmDraft now = draft();
    QList<DraftProblem> out = now.problems();
    if (!m_all->isChecked() && now.productIds.isEmpty())
        out.append({DraftField::Product, tr("Choose at least one, or all.")});
    return out;
}

Call<ResourceOutcome> *PrewarmDialog::submit()
{
    return context().resources.save(draft());
}

void PrewarmDialog::retranslate()
{
    m_imageLabel->setText(tr("Image"));
    m_image->setAccessibleName(tr("Image"));
    m_image->setPlaceholderText(tr("for example docker.io/library/ubuntu:22.04"));
    const std::optional<int> &most = context().stores.prewarms.quota().perImageGb;
    m_sizeNote->setText(most ? tr("At most %1 per image.").arg(format::gigabytes(most)) : QString());
    m_sizeNote->setVisible(most.has_value());
    m_authLabel->setText(tr("Registry credentials"));
    m_auth->setAccessibleName(tr("Registry credentials"));
    m_regionLabel->setText(tr("Region"));
    m_region->setAccessibleName(tr("Region"));
    m_all->setText(tr("For every kind of GPU of the region"));
    m_all->setAccessibleName(tr("For every kind of GPU of the region"));
    m_productsLabel->setText(tr("Kinds of GPU"));
    m_products->setAccessibleName(tr("Kinds of GPU"));
    m_noteLabel->setText(tr("Note"));
    m_note->setAccessibleName(tr("Note"));
    fillChoicesAnew();
}

PrewarmNoteDialog::PrewarmNoteDialog(const UiContext &context, const PrewarmTask &task, QWidget *parent)
    : FormDialog(context, parent)
    , m_task(task)
    , m_note(new QLineEdit(task.note))
{
    m_noteLabel = form()->addField({DraftField::Note}, m_note);
    m_note->setMaxLength(kMostTyped);
    connect(m_note, &QLineEdit::textEdited, this, &PrewarmNoteDialog::changed);
    begin();
}

QString PrewarmNoteDialog::heading() const
{
    return tr("Note on “%1”").arg(displayLine(m_task.imageName.isEmpty() ? m_task.imageUrl : m_task.imageName, 60));
}

QString PrewarmNoteDialog::verb() const
{
    return tr("Save");
}

QString PrewarmNoteDialog::busyVerb() const
{
    return tr("Saving…");
}

QList<DraftProblem> PrewarmNoteDialog::problems() const
{
    return m_note->text().trimmed().size() > kMostPrewarmNoteChars ? QList<DraftProblem>{noteTooLong()} : QList<DraftProblem>();
}

Call<ResourceOutcome> *PrewarmNoteDialog::submit()
{
    return context().resources.setNote(m_task.id, m_note->text().trimmed());
}

void PrewarmNoteDialog::retranslate()
{
    m_noteLabel->setText(tr("Note"));
    m_note->setAccessibleName(tr("Note"));
}

} // namespace novita
