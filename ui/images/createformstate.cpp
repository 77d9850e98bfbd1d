// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/cloud/endpoints/endpointtable.h"
#include "core/cloud/endpoints/fieldnames.h"
#include "core/cloud/endpoints/formvalues.h"
#include "core/images/imageservers.h"
#include "core/images/imageworkspace.h"
#include "core/images/videomodels.h"
#include "ui/images/backendpicker.h"
#include "ui/images/createform.h"
#include "ui/images/endpointpicker.h"
#include "ui/images/generatebar.h"
#include "ui/images/promptbox.h"
#include "ui/images/recipeform.h"

#include <QJsonArray>
#include <QScopedValueRollback>
#include <QUndoStack>

#include <algorithm>
#include <utility>

namespace novita {

namespace {

/// Holds its values for `mode`: is there as a field then.
bool isShown(const EndpointSpec &spec, const FieldSpec &field, const Recipe &recipe, ImageMode mode)
{
    FormContext context;
    context.mode = mode;
    return FormValues(spec, recipe).isShown(field, context);
}

/// The mode that the pictures of `recipe` fit best.
ImageMode modeFor(const EndpointSpec &spec, const Recipe &recipe)
{
    const auto misfits = [&](ImageMode mode) {
        return std::count_if(spec.fields.begin(), spec.fields.end(), [&](const FieldSpec &field) {
            return field.isImage() && isShown(spec, field, recipe, mode) != recipe.values.contains(field.name);
        });
    };
    return *std::min_element(spec.modes.begin(), spec.modes.end(), [&](ImageMode a, ImageMode b) { return misfits(a) < misfits(b); });
}

/// The first place for a picture to start from; nullptr when there is none.
const FieldSpec *sourceField(const EndpointSpec &spec, const Recipe &recipe, ImageMode mode)
{
    const auto found = std::find_if(spec.fields.begin(), spec.fields.end(), [&](const FieldSpec &field) {
        return (field.type == FieldType::Image || field.type == FieldType::Images) && isShown(spec, field, recipe, mode);
    });
    return found == spec.fields.end() ? nullptr : &*found;
}

QJsonValue withPicture(const FieldSpec &field, const QJsonValue &held, const QString &key)
{
    if (field.type == FieldType::Image)
        return key;
    QJsonArray keys = held.toArray();
    if (keys.contains(key))
        return keys;
    while (!keys.isEmpty() && keys.size() >= field.mostItems)
        keys.removeLast();
    keys.append(key);
    return keys;
}

} // namespace

/// A step from one state of the form to another.
class CreateForm::ChangeCommand final : public QUndoCommand
{
public:
    ChangeCommand(CreateForm &form, const State &before, const State &after, const QString &what) : QUndoCommand(what), m_form(form), m_before(before), m_after(after) {}
    // What was typed since the step is part of the state that the other direction comes back to.
    void undo() override
    {
        m_after = m_form.state();
        m_form.apply(m_before);
    }
    void redo() override
    {
        if (m_wasDone)
            m_before = m_form.state();
        m_wasDone = true;
        m_form.apply(m_after);
    }

private:
    CreateForm &m_form;
    State m_before;
    State m_after;
    bool m_wasDone = false;
};

Recipe CreateForm::recipe() const
{
    // With the text that has no field here: it is still what the person has written.
    Recipe out = m_form->recipe();
    if (!m_box->prompt().isEmpty())
        out.values.insert(fields::kPrompt, m_box->prompt());
    if (!m_box->negativePrompt().isEmpty())
        out.values.insert(fields::kNegativePrompt, m_box->negativePrompt());
    return out;
}

CreateForm::State CreateForm::state() const
{
    return {m_backend->backend(), recipe(), m_picker->mode()};
}

/// The backend that has this endpoint: the present one, else the first; empty = there is none.
QString CreateForm::backendFor(const EndpointSpec &spec) const
{
    const bool onServer = spec.family == EndpointFamily::WebUi;
    if (onServer == m_backend->isServer())
        return m_backend->backend();
    if (!onServer)
        return BackendPicker::novitaId();
    const ImageServers *servers = m_context.images.servers();
    const QList<ImageServerView> all = servers ? servers->all() : QList<ImageServerView>();
    return all.isEmpty() ? QString() : all.constFirst().backend;
}

void CreateForm::apply(const State &state)
{
    {
        const QScopedValueRollback filling(m_isFilling, true);
        m_backend->choose(state.backend);
        m_picker->choose(state.recipe.endpoint, state.mode);
        m_box->setTexts(state.recipe.values.value(fields::kPrompt).toString(), state.recipe.values.value(fields::kNegativePrompt).toString());
        m_form->setRecipe(state.recipe);
        followTexts();
    }
    present();
}

bool CreateForm::change(const State &after, const QString &what)
{
    const State before = state();
    if (after.backend == before.backend && after.recipe == before.recipe && after.mode == before.mode)
        return false;
    m_undo->push(new ChangeCommand(*this, before, after, what));
    return true;
}

bool CreateForm::restore(const Recipe &wanted, const QString &what)
{
    State after = state();
    after.recipe.values = wanted.values;
    const EndpointSpec *spec = m_context.images.endpoints().find(wanted.endpoint);
    const QString backend = spec ? backendFor(*spec) : QString();
    if (!backend.isEmpty()) {
        if (!endpoint() || spec->id != endpoint()->id)
            after.mode = modeFor(*spec, wanted);
        after.backend = backend;
        after.recipe.endpoint = spec->id;
    }
    return change(after, what);
}

CreateForm::Way CreateForm::wayFrom(std::optional<ImageMode> wanted, const QString &maker) const
{
    const EndpointSpec *spec = endpoint();
    const QString here = m_backend->backend();
    if (!wanted && spec && sourceField(*spec, recipe(), m_picker->mode()))
        return {here, m_picker->mode(), spec};
    const ImageMode mode = wanted.value_or(ImageMode::ImageToImage);
    if (!spec || !spec->serves(mode) || !isTried(spec->id))
        spec = m_picker->best(mode, {spec, m_context.images.endpoints().find(maker)});
    const ImageServers *servers = wanted && surrounding(here, spec).isThere() ? m_context.images.servers() : nullptr;
    const QList<ImageServerView> all = servers ? servers->all() : QList<ImageServerView>();
    const QList<const EndpointSpec *> serving = m_context.images.endpoints().serving(mode);
    const auto server = std::find_if(all.cbegin(), all.cend(), [](const ImageServerView &one) { return one.state == ImageServerState::Ready; });
    const auto ofServer = std::find_if(serving.cbegin(), serving.cend(), [](const EndpointSpec *one) { return one->family == EndpointFamily::WebUi; });
    return server != all.cend() && ofServer != serving.cend() ? Way{server->backend, mode, *ofServer} : Way{here, mode, spec};
}

CreateObstacle CreateForm::obstacleToStart(ImageMode mode, const QString &maker) const
{
    const Way way = wayFrom(mode, maker);
    return surrounding(way.backend, way.endpoint);
}

bool CreateForm::startFrom(const QString &key, std::optional<ImageMode> mode, const QString &maker)
{
    const Way way = wayFrom(mode, maker);
    State after = state();
    const FieldSpec *field = way.endpoint ? sourceField(*way.endpoint, after.recipe, way.mode) : nullptr;
    if (!field)
        return false;
    after.backend = way.backend;
    after.mode = way.mode;
    after.recipe.endpoint = way.endpoint->id;
    after.recipe.values.insert(field->name, withPicture(*field, after.recipe.values.value(field->name), key));
    change(after, tr("Picture to start from"));
    return true;
}

QString CreateForm::takeMask(const QString &field, const QString &source, const QString &key)
{
    State after = state();
    const EndpointSpec *spec = endpoint();
    const FieldSpec *place = spec ? spec->field(field) : nullptr;
    if (spec && (!place || place->type != FieldType::Mask)) {
        const auto other = std::find_if(spec->fields.begin(), spec->fields.end(), [](const FieldSpec &one) { return one.type == FieldType::Mask; });
        place = other == spec->fields.end() ? nullptr : &*other;
    }
    after.recipe.values.insert(place ? place->name : field, key);
    change(after, tr("painted mask"));
    if (!place || !isShown(*spec, *place, after.recipe, *after.mode))
        return tr("The mask is kept, but what is chosen now takes none. It is used again with an endpoint and a mode that do.");
    if (after.recipe.values.value(place->sameSizeAs).toString() != source)
        return tr("The mask was painted over another picture than the one that is chosen now. Look at it before you generate.");
    return {};
}

// ---- what is kept

QJsonObject CreateForm::draft() const
{
    return !m_heldDraft.isEmpty() && touchable() == m_heldOver ? m_heldDraft : entered();
}

QJsonObject CreateForm::entered() const
{
    const EndpointSpec *spec = endpoint();
    if (!spec)
        return {};
    QJsonObject values = m_form->recipe().values;
    values.remove(fields::kPrompt);
    values.remove(fields::kNegativePrompt);
    return {{QStringLiteral("backend"), m_backend->backend()},
            {QStringLiteral("endpoint"), spec->id},
            {QStringLiteral("mode"), imageModeName(m_picker->mode())},
            {QStringLiteral("values"), values},
            {QStringLiteral("combinations"), m_bar->mode() == ExpansionMode::Combinations},
            {QStringLiteral("advanced"), m_form->isAdvancedOpen()}};
}

/// Without what comes by itself.
QJsonObject CreateForm::touchable() const
{
    QJsonObject out = entered();
    QJsonObject values = out.value(QLatin1String("values")).toObject();
    values.remove(fields::kModel);
    out.insert(QStringLiteral("values"), values);
    return out;
}

void CreateForm::followTable()
{
    if (m_profile != m_context.images.profile())
        return; // what this form holds is another profile's, whose draft must not follow
    m_picker->followTable();
    if (m_heldDraft.isEmpty())
        return;
    const QJsonObject held = std::exchange(m_heldDraft, {});
    if (touchable() == m_heldOver)
        applyDraft(held);
}

void CreateForm::applyDraft(const QJsonObject &draft)
{
    const std::optional<Recipe> recipe = Recipe::fromJson(draft);
    const bool isAwaited = recipe && !m_context.images.endpoints().find(recipe->endpoint) && m_context.images.videoModels().mayDescribe(recipe->endpoint);
    if (isAwaited) {
        m_heldDraft = draft;
        m_heldOver = touchable();
    } else if (recipe && m_context.images.endpoints().find(recipe->endpoint)) {
        const QScopedValueRollback filling(m_isFilling, true);
        m_backend->choose(draft.value(QLatin1String("backend")).toString());
        m_picker->choose(recipe->endpoint, imageModeFromName(draft.value(QLatin1String("mode")).toString()));
        m_form->setRecipe(*recipe);
        m_bar->setMode(draft.value(QLatin1String("combinations")).toBool() ? ExpansionMode::Combinations : ExpansionMode::Random);
        m_form->setAdvancedOpen(draft.value(QLatin1String("advanced")).toBool());
        followTexts();
    }
    chooseModel();
    present();
}

} // namespace novita
