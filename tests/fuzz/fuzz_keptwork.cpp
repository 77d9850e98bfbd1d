// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/images/modeljson.h"
#include "core/images/recipetext.h"
#include "core/imagefile/parameterstext.h"
#include "core/language/conversation.h"
#include "core/language/modellistfile.h"
#include "fuzztarget.h"

#include <QByteArray>
#include <QJsonDocument>

#include <algorithm>
#include <cmath>

using namespace novita;

// Files of the data folder that anything may have happened to, and what a picture from elsewhere says of how it was
// made, as values for the form. What is read once and written is read again as itself.

namespace {

void checkConversation(const QByteArray &bytes)
{
    const Result<Conversation> read = Conversation::fromJson(bytes);
    if (!read) {
        require(read.error().kind == ErrorKind::Storage && !read.error().message.isEmpty(), "a refusal has a sentence");
        return;
    }
    require(read->turns.size() <= Conversation::kMostTurns, "number of messages");
    ChatParameters parameters = read->parameters;
    require(parameters.form.schema.size() <= AnswerForm::kMostSchemaChars, "length of a schema");
    require(parameters.form.problem().isEmpty() || parameters.form.kind == AnswerForm::Kind::Schema, "a schema alone may be unfinished");
    parameters.form = {};
    require(parameters.problems().isEmpty(), "parameters that can be sent");
    for (const ChatTurn &turn : read->turns) {
        require(turn.end != ChatEnd::Running, "nothing goes on by itself");
        require(turn.role != ChatRole::System && turn.took >= Milliseconds(0), "a message of one of the two");
        require(!turn.cost || !turn.cost->isNegative(), "a cost");
        const std::optional<double> speed = turn.tokensPerSecond();
        require(!speed || (std::isfinite(*speed) && *speed > 0), "a speed");
    }
    const ChatSpending spending = read->spending();
    require(!spending.cost.isNegative() && spending.uncounted <= spending.answers && spending.unpriced <= spending.answers, "a sum");
    require(read->messages().size() <= read->turns.size() + 1, "what is sent");
    const QByteArray once = read->toJson();
    const Result<Conversation> again = Conversation::fromJson(once);
    require(again.ok() && again->toJson() == once, "a conversation that was written is read as itself");
}

void checkModels(const QByteArray &bytes)
{
    if (const Result<KeptModelList> read = modellistfile::read(bytes)) {
        require(read->models.size() <= modellistfile::kMostModels &&
                    modellistfile::usable(read->models) == read->models,
                "models that can be used");
        const Result<KeptModelList> again = modellistfile::read(modellistfile::written(*read));
        require(again.ok() && again->at == read->at && again->models == read->models,
                "a list that was written is read as itself");
    }
    // Signatures of links are not written, so that it is the text that comes again.
    const QList<ImageModel> models = modeljson::listFromText(QString::fromUtf8(bytes));
    const QString once = modeljson::listToText(models);
    require(modeljson::listToText(modeljson::listFromText(once)) == once, "so are image models");
    for (const ImageModel &model : models) {
        const std::optional<ImageModel> again = modeljson::fromText(modeljson::toText(model));
        require(again && again->id == model.id && modeljson::toText(*again) == modeljson::toText(model), "and each of them");
    }
}

void checkRecipe(const ImageMetadata &metadata)
{
    const std::optional<Recipe> recipe = recipetext::recipeOf(metadata);
    if (!recipe)
        return;
    for (const QJsonValue &value : recipe->values)
        require(!value.isDouble() || std::isfinite(value.toDouble()), "numbers");
    ImageJob job;
    job.endpoint = recipe->endpoint;
    job.recipe = recipe->values;
    const MetadataToWrite written = recipetext::metadataOf(job, 42, QSize(512, 768));
    require(written.parameters.pairs.size() <= 16, "the pairs of our own text");
    const ImageParameters again = fromParametersText(toParametersText(written.parameters));
    require(again.value(u"Seed") == QLatin1String("42") && again.value(u"Size") == QLatin1String("512x768"),
            "a seed and a size can be read back");
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const QByteArray bytes(reinterpret_cast<const char *>(data), static_cast<qsizetype>(size));
    checkConversation(bytes);
    checkModels(bytes);
    ImageMetadata metadata;
    metadata.parameters = fromParametersText(QString::fromUtf8(bytes));
    checkRecipe(metadata);
    metadata.json = QJsonDocument::fromJson(bytes).object();
    checkRecipe(metadata);
    return 0;
}
