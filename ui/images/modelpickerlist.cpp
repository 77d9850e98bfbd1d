// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/images/modelpreviews.h"
#include "core/settings/settings.h"
#include "core/settings/settingskeys.h"
#include "ui/images/modelfacts.h"
#include "ui/images/modelfilters.h"
#include "ui/images/modelpicker.h"
#include "ui/images/modelview.h"
#include "ui/images/modelwords.h"
#include "ui/theme.h"
#include "ui/widgets/emptystate.h"
#include "ui/widgets/errorbanner.h"
#include "ui/widgets/searchfield.h"
#include "ui/widgets/skeletonoverlay.h"

#include <QLabel>
#include <QPushButton>
#include <QStackedWidget>

#include <algorithm>

namespace novita {

namespace {

constexpr int kMostAutoPages = 10;

} // namespace

void ModelPicker::openFor(const ModelFilter &filter, const QString &current)
{
    m_filter = filter;
    m_current = current;
    m_filters->begin(filter);
    {
        const QSignalBlocker blocker(m_search);
        m_search->clear();
    }
    m_view->setCoversNsfw(m_parts.settings.value(keys::kBlurFlagged));
    m_parts.previews.forgetFailures();
    m_detailsButton->setChecked(false);
    retranslate();
    arrange();
    open();
    ask();
    m_search->setFocus();
    m_tick.start();
}

/// What is typed and chosen, as a question of its own.
void ModelPicker::ask()
{
    m_searchRest.stop();
    ModelQuestion question;
    question.filter = m_filter;
    question.current = m_current;
    m_filters->apply(question);
    question.query.text = m_search->text().simplified();
    m_parts.catalogue.leave(m_model->question().query);
    m_autoPages = 0;
    m_selectFirst = true;
    m_model->setQuestion(question);
    m_view->scrollToTop();
    m_parts.catalogue.want(question.query);
    follow();
}

void ModelPicker::refresh()
{
    m_parts.previews.forgetFailures();
    m_parts.catalogue.refresh(m_model->question().query);
}

/// The catalogue knows more, or something else.
void ModelPicker::follow()
{
    if (!isVisible())
        return;
    const ImageModel *held = m_model->at(m_view->currentRow());
    const QString name = held && !m_selectFirst ? held->requestName() : m_current;
    m_model->reload();
    m_model->retell();
    if (m_view->currentRow() < 0 && m_model->rowCount() > 0)
        m_view->selectRow(firstChoice(name));
    if (!m_model->isProvisional())
        m_selectFirst = false;
    present();
}

/// What the field has, else the first that fits.
int ModelPicker::firstChoice(const QString &requestName) const
{
    const int held = m_model->rowOf(requestName);
    for (int row = 0; held < 0 && row < m_model->rowCount(); ++row) {
        if (misfitOf(m_filter, *m_model->at(row)) == ModelMisfit::None)
            return row;
    }
    return std::max(0, held);
}

void ModelPicker::present()
{
    const ModelListing listing = m_parts.catalogue.listing(m_model->question().query);
    const bool isEmpty = m_model->rowCount() == 0;
    m_skeleton->setLoading(isEmpty && listing.loading);
    const bool saysNothing = isEmpty && !listing.loading && !listing.error && m_model->isProvisional();
    m_stack->setCurrentIndex(isEmpty && !listing.loading && !saysNothing ? 1 : 0);
    if (listing.error && !isEmpty)
        m_banner->setError(listing.error, tr("What is shown was read before"));
    else
        m_banner->clear();
    if (isEmpty)
        presentEmpty(listing);
    QString standing = isEmpty ? QString() : modelwords::standing(listing, m_model->rowCount(), m_parts.catalogue.now());
    if (m_model->hiddenCount() > 0)
        standing += (standing.isEmpty() ? QString() : QStringLiteral(" · ")) + tr("%Ln model(s) hidden by the filters", nullptr, m_model->hiddenCount());
    m_standing->setText(standing);
    m_more->setVisible(m_autoPages >= kMostAutoPages && listing.readAt && !listing.complete && !listing.capped && !listing.loading);
    m_refresh->setEnabled(!listing.loading);
    presentFacts();
    presentButtons();
    // The view has not laid out what has just come.
    QMetaObject::invokeMethod(this, &ModelPicker::fillView, Qt::QueuedConnection);
}

void ModelPicker::presentEmpty(const ModelListing &listing)
{
    const QString text = m_model->question().query.text;
    if (listing.error)
        m_empty->setContent(errorText(*listing.error).sentence, tr("Try again"));
    else if (!text.isEmpty())
        m_empty->setContent(tr("No model of these matches “%1”.").arg(text), tr("Clear search and filters"));
    else if (m_filters->narrows())
        m_empty->setContent(tr("The filters leave no model."), tr("Clear search and filters"));
    else
        m_empty->setContent(tr("The catalogue has no models of this type."), tr("Read again"));
}

void ModelPicker::emptyAction()
{
    const ModelListing listing = m_parts.catalogue.listing(m_model->question().query);
    if (!listing.error && (!m_model->question().query.text.isEmpty() || m_filters->narrows()))
        clearFilters();
    else
        refresh();
}

void ModelPicker::clearFilters()
{
    {
        const QSignalBlocker search(m_search);
        const QSignalBlocker filters(m_filters);
        m_search->clear();
        m_filters->clear();
    }
    ask();
    m_search->setFocus();
}

void ModelPicker::presentFacts()
{
    const ImageModel *model = m_model->at(m_view->currentRow());
    m_facts->show(model, m_filter, model && m_parts.catalogue.isFavourite(*model), model && m_view->showsPreview(*model));
}

void ModelPicker::presentButtons()
{
    const ImageModel *model = m_model->at(m_view->currentRow());
    const bool isNamed = model && !model->requestName().isEmpty();
    const bool isOfType = model && misfitOf(m_filter, *model) != ModelMisfit::Type;
    m_choose->setEnabled(isNamed && isOfType);
    m_choose->setToolTip(model && !isOfType ? modelwords::misfit(m_filter, *model) : tr("Takes the selected model (Enter)"));
}

/// Reads on while what is shown does not fill the view, and shortly before its end is reached.
void ModelPicker::fillView()
{
    if (!isVisible() || m_autoPages >= kMostAutoPages)
        return;
    const ImageModelQuery query = m_model->question().query;
    const ModelListing listing = m_parts.catalogue.listing(query);
    if (!listing.readAt || listing.loading || listing.complete || listing.capped || listing.error || !m_view->nearsEnd())
        return;
    ++m_autoPages;
    m_parts.catalogue.loadMore(query);
}

void ModelPicker::toggleFavourite(int row)
{
    if (const ImageModel *model = m_model->at(row)) {
        const ImageModel copy = *model; // the rows follow the catalogue
        m_parts.catalogue.setFavourite(copy, !m_parts.catalogue.isFavourite(copy));
    }
}

void ModelPicker::choose()
{
    const ImageModel *model = m_model->at(m_view->currentRow());
    if (!model || !m_choose->isEnabled())
        return;
    const ImageModel chosen = *model;
    accept();
    m_parts.catalogue.noteUsed(chosen);
    emit modelChosen(chosen);
}

} // namespace novita
