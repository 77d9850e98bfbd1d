// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/images/createactions.h"

#include "core/base/displaytext.h"
#include "core/cloud/endpoints/fieldnames.h"
#include "core/gallery/picturestore.h"
#include "core/images/imageservers.h"
#include "core/images/imageworkspace.h"
#include "core/workflows/background.h"
#include "ui/gallery/restoredialog.h"
#include "ui/images/backendpicker.h"
#include "ui/images/createform.h"
#include "ui/images/inputpictures.h"
#include "ui/images/picturefield.h"
#include "ui/images/recipeform.h"
#include "ui/maskeditor/maskdialog.h"
#include "ui/prompts.h"
#include "ui/widgets/ruledialog.h"

#include <QFile>
#include <QFileInfo>
#include <QSaveFile>

namespace novita {

namespace {

constexpr qint64 kCopiedAtOnce = 1 << 20;

/// Blocks: for worker threads. Empty = it is there. What stands at `to` stays whole until the copy is.
QString copyTo(const QString &from, const QString &to)
{
    // Links included: the gallery's own file is never written to.
    if (const QString there = QFileInfo(to).canonicalFilePath(); !there.isEmpty() && there == QFileInfo(from).canonicalFilePath())
        return CreateActions::tr("This is the gallery's own file. Choose another name or folder.");
    QFile original(from);
    QSaveFile copy(to);
    if (!original.open(QIODevice::ReadOnly))
        return original.errorString();
    if (!copy.open(QIODevice::WriteOnly))
        return copy.errorString();
    while (!original.atEnd()) {
        const QByteArray piece = original.read(kCopiedAtOnce);
        if (piece.isEmpty())
            return original.errorString();
        if (copy.write(piece) != piece.size())
            return copy.errorString();
    }
    return copy.commit() ? QString() : copy.errorString();
}

} // namespace

CreateActions::CreateActions(const Parts &parts, QWidget *host) : QObject(host), m_parts(parts), m_host(host) {}

void CreateActions::withPicture(PictureId id, const QString &what, std::function<void(const Picture &)> then)
{
    m_reading.reset(m_parts.context.images.pictures().read(id))->onFinished(this, [this, what, then = std::move(then)](const Result<Picture> &picture) {
        if (picture)
            then(*picture);
        else
            emit failed(picture.error(), what);
    });
}

// ---- settings

void CreateActions::restore(PictureId id, RestorePart part)
{
    withPicture(id, tr("Its settings could not be read"), [this, part](const Picture &picture) { showRestore(picture, part); });
}

void CreateActions::restore(const ImageJob &job)
{
    Picture picture;
    picture.endpoint = job.endpoint;
    picture.recipe = job.recipe;
    picture.prompt = job.recipe.value(fields::kPrompt).toString();
    picture.negativePrompt = job.recipe.value(fields::kNegativePrompt).toString();
    picture.promptTemplate = job.promptTemplate;
    if (const qint64 seed = job.recipe.value(fields::kSeed).toInteger(-1); seed >= 0)
        picture.seed = seed;
    showRestore(picture, RestorePart::All);
}

void CreateActions::restore(const Recipe &recipe, const QString &promptTemplate)
{
    Recipe wanted = recipe;
    if (!promptTemplate.isEmpty())
        wanted.values.insert(fields::kPrompt, promptTemplate);
    if (m_parts.form.restore(wanted, tr("restored settings of a file")))
        emit formChanged(tr("Settings restored."));
}

void CreateActions::showRestore(const Picture &picture, RestorePart part)
{
    const UiContext &context = m_parts.context;
    auto *dialog = new RestoreDialog({context.theme, context.images.endpoints(), outlookOf(context)}, m_parts.form.recipe(), picture, part, m_host);
    connect(dialog, &RestoreDialog::applied, this, [this](const Recipe &recipe, const QString &what) {
        if (m_parts.form.restore(recipe, what))
            emit formChanged(tr("Settings restored."));
        m_parts.form.focusPrompt();
    });
    openForAccount(context, dialog);
}

// ---- pictures to start from

void CreateActions::startFrom(Call<QString> *key, const Start &start, std::function<void()> then)
{
    const QString what = tr("The picture could not be taken");
    m_taking.reset(key)->onFinished(this, [this, start, what, then = std::move(then)](const Result<QString> &taken) {
        if (!taken)
            return emit failed(taken.error(), what);
        const JobOrder before = m_parts.form.order();
        if (!m_parts.form.startFrom(*taken, start.mode, start.maker))
            return emit failed(Error::make(ErrorKind::Validation, tr("There is no endpoint that starts from a picture like this.")), what);
        const QString other = otherMaker(before);
        emit formChanged(other.isEmpty() ? start.said : start.said + QLatin1Char(' ') + other);
        if (start.picture)
            emit sourceChosen(start.picture);
        if (then)
            then();
    });
}

/// What makes the pictures now, where that is not what it was.
QString CreateActions::otherMaker(const JobOrder &before) const
{
    const EndpointSpec *now = m_parts.form.endpoint();
    const ImageServers *servers = m_parts.context.images.servers();
    const QString backend = m_parts.form.backends()->backend();
    const std::optional<ImageServerView> server = servers && backend != before.backend ? servers->findBackend(backend) : std::nullopt;
    if (server && now)
        return tr("It is made by “%1” now, with “%2”.", "an image server, an endpoint").arg(displayLine(server->server.name), now->title);
    return now && now->id != before.recipe.endpoint ? tr("The endpoint is “%1” now.").arg(now->title) : QString();
}

void CreateActions::useAsSource(PictureId id)
{
    withPicture(id, tr("The picture could not be taken"), [this](const Picture &picture) {
        startFrom(m_parts.pictures.addFile(m_parts.context.images.files().path(picture.file)), {tr("The form starts from the chosen picture now."), std::nullopt, picture.id, picture.endpoint});
    });
}

void CreateActions::useAsSource(const QImage &frame)
{
    startFrom(m_parts.pictures.addImage(frame), {tr("The form starts from the frame of the video now."), std::nullopt, 0, {}});
}

void CreateActions::useAsSource(const QString &path, const QByteArray &bytes)
{
    if (path.isEmpty())
        startFrom(m_parts.pictures.addBytes(bytes), {tr("The form starts from the picture that was brought in now."), std::nullopt, 0, {}});
    else
        startFrom(m_parts.pictures.addFile(path), {tr("The form starts from “%1” now.", "a file").arg(displayLine(QFileInfo(path).fileName())), std::nullopt, 0, {}});
}

void CreateActions::editMask(PictureId id)
{
    withPicture(id, tr("The picture could not be taken"), [this](const Picture &picture) {
        const CreateObstacle obstacle = m_parts.form.obstacleToStart(ImageMode::Inpaint, picture.endpoint);
        if (!obstacle.isThere())
            return paintOver(picture);
        ConfirmRequest question;
        question.title = tr("Paint a mask that cannot be sent now?");
        question.text = obstacle.sentence + QLatin1Char(' ')
                        + (obstacle.canBeTried ? tr("A painted mask can be exported, sent in a try all the same, or used with an image server of your own: add one under Made by.")
                                               : tr("A painted mask can be exported, or used with an image server of your own: add one under Made by."));
        question.confirmLabel = tr("Paint all the same");
        question.destructive = false;
        m_parts.context.prompts.confirm(m_host, question, [this, picture, profile = m_parts.context.images.profile()](bool paints) {
            if (paints && m_parts.context.images.profile() == profile)
                paintOver(picture);
        });
    });
}

void CreateActions::paintOver(const Picture &picture)
{
    const Start start{tr("The form starts from the chosen picture now."), ImageMode::Inpaint, picture.id, picture.endpoint};
    startFrom(m_parts.pictures.addFile(m_parts.context.images.files().path(picture.file)), start, [this] {
        const EndpointSpec *spec = m_parts.form.endpoint();
        for (auto *field : m_parts.form.recipeForm()->findChildren<PictureField *>()) {
            if (spec && field->spec().type == FieldType::Mask && spec->field(field->spec().name))
                return drawMask(field);
        }
    });
}

void CreateActions::drawMask(PictureField *field)
{
    const QString source = m_parts.form.recipe().values.value(field->spec().sameSizeAs).toString();
    const InputImages &images = m_parts.pictures.images();
    if (!images.contains(source))
        return emit failed(Error::make(ErrorKind::Validation, tr("Choose the picture first, then paint over it.")), tr("No mask can be painted"));
    auto *dialog = new MaskDialog(m_parts.context.theme, m_parts.context.prompts, {images.value(source).bytes, images.value(field->key()).bytes, field->spec()}, m_host);
    connect(dialog, &MaskDialog::maskReady, this, [this, name = field->spec().name, source](const QByteArray &png) {
        m_taking.reset(m_parts.pictures.addBytes(png))->onFinished(this, [this, name, source](const Result<QString> &key) {
            if (!key)
                return emit failed(key.error(), tr("The mask could not be kept"));
            // By name: the form may have been built anew while the editor was open.
            if (const QString doubt = m_parts.form.takeMask(name, source, *key); !doubt.isEmpty())
                emit warned(doubt);
        });
    });
    openForAccount(m_parts.context, dialog);
}

// ---- the picture itself

void CreateActions::save(const Picture &picture)
{
    const QString from = m_parts.context.images.files().path(picture.file);
    const QString suffix = QFileInfo(from).suffix();
    m_parts.context.prompts.saveFile(m_host, tr("Save picture"), QStringLiteral("picture-%1.%2").arg(picture.id).arg(suffix), tr("Pictures (*.%1)").arg(suffix), [this, from](const QString &to) {
        if (to.isEmpty())
            return;
        m_saving.reset(inBackground<QString>([from, to] { return copyTo(from, to); }, this))->onFinished(this, [this, to](const Result<QString> &problem) {
            if (problem && problem->isEmpty())
                emit said(tr("Saved as %1.").arg(QFileInfo(to).fileName()));
            else if (problem)
                emit failed(Error::make(ErrorKind::Storage, *problem), tr("The picture could not be saved"));
        });
    });
}

} // namespace novita
