// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/cloud/endpoints/imagemode.h"
#include "core/cloud/types/imagemodel.h"

#include <QAnyStringView>
#include <QJsonObject>
#include <QJsonValue>
#include <QList>
#include <QString>
#include <QStringList>

#include <cstdint>
#include <optional>
#include <utility>

namespace novita {

/// What a field holds, and how its value is written in Recipe::values.
enum class FieldType : std::uint8_t {
    Text,        ///< text of one or many lines
    Integer,     ///< whole number
    Number,      ///< number
    Boolean,     ///< true or false
    Choice,      ///< text: ChoiceOption::value
    Seed,        ///< whole number; -1 = random
    Size,        ///< {"width": 1024, "height": 768}, or the text of one of FieldSpec::keywords
    Image,       ///< text: a key into InputImages
    Mask,        ///< text: a key into InputImages; white is what changes
    Images,      ///< list of keys into InputImages
    Model,       ///< text: ImageModel::requestName()
    Loras,       ///< list of objects with the names of FieldSpec::items, as are the four below
    Embeddings,
    ControlNets,
    IpAdapters,
    Scenes,      ///< prompts with the number of frames of each
    HiresFix,    ///< object with the names of FieldSpec::items; absent = off
    Refiner,     ///< as HiresFix
};

bool isListType(FieldType type);  ///< Loras to Scenes
bool isGroupType(FieldType type); ///< HiresFix, Refiner

struct ChoiceOption
{
    QString value;
    QString label;                        ///< to show; the value where the table has none
    ModelBase base = ModelBase::Unknown;  ///< only with checkpoints of this base; Unknown = with all
    bool operator==(const ChoiceOption &) const = default;
};

/// How a size is written on the wire.
enum class SizeSyntax : std::uint8_t { Separate, LetterX, Asterisk };

/// What a size may be; unset = no limit. Pixels are of the whole picture.
struct SizeLimits
{
    std::optional<int> leastSide;
    std::optional<int> mostSide;
    int multipleOf = 1;
    std::optional<qint64> leastPixels;
    std::optional<qint64> mostPixels;
    std::optional<double> mostAspect;    ///< longer side divided by the shorter one
    bool onlyPresets = false;
    QString exceedsImage;                ///< name of an image field: each side must be larger than its picture's
};

/// How a picture is put into the body.
enum class ImageForm : std::uint8_t {
    Base64,  ///< bare, no prefix
    DataUri, ///< data:image/png;base64,…
    Url,     ///< an address that the cloud reads
};

/// What a picture for upload may be; unset = no limit known.
struct ImageLimits
{
    std::optional<qint64> mostBytes;     ///< of the file, before base64
    std::optional<qint64> mostPixels;
    std::optional<int> mostSide;
    std::optional<int> leastSide;
    std::optional<double> mostAspect;
    QStringList formats;                 ///< "png", "jpeg"; empty = not told
};

/// Which models a Model field takes.
struct ModelFilter
{
    ImageModelType type = ImageModelType::Checkpoint;
    std::optional<bool> inpainting;
    ModelBase base = ModelBase::Unknown; ///< only of this base; Unknown = all
};

/// When a field is there. All parts that are set must hold; a base that is not known counts as fitting.
struct FieldCondition
{
    ModelBase base = ModelBase::Unknown;
    QString field;       ///< name of another field…
    QJsonValue equals;   ///< …and the value it must have
    QList<ImageMode> modes;
};

/// One field of a form and of a request body, as the endpoint file says it. A value; made by the loader, which checks it.
struct FieldSpec
{
    QString name;                 ///< key in Recipe::values; see fieldnames.h
    QStringList wire;             ///< place in the body below the family's root, parts divided by '.'; two for a Separate size
    QString label;                ///< English, for tr() by context "Endpoints"
    QString note;                 ///< one sentence of advice, may be empty
    FieldType type = FieldType::Text;
    bool required = false;
    bool advanced = false;        ///< folded away at first
    bool multiline = false;       ///< texts
    QJsonValue initial{QJsonValue::Undefined};       ///< what the form starts with; undefined = empty
    QJsonValue serverDefault{QJsonValue::Undefined}; ///< what the server takes for an absent field: such a value is left out
    bool always = false;          ///< sent even when it is the server's default
    bool asInteger = false;       ///< a Choice or Boolean that travels as a number
    FieldCondition when;

    std::optional<double> least;  ///< Integer, Number, Seed; inclusive unless leastExcluded
    std::optional<double> most;
    bool leastExcluded = false;
    double step = 1;
    QString unit;                 ///< "px", "s", may be empty
    int leastChars = 0;
    int mostChars = 4096;         ///< the client's own bound where the endpoint tells none
    QList<ChoiceOption> choices;
    bool openChoices = false;     ///< the choices are what is known; any other text of up to 300 characters is taken too
    QString needsOutput;          ///< Boolean: the output type that goes with it being on
    bool seedByClient = false;    ///< Seed: the server takes no -1; see drawSeeds()
    QString follows;              ///< Choice: not shown; its value is followValues[value of the field named here]
    QJsonObject followValues;

    SizeSyntax syntax = SizeSyntax::Separate;
    SizeLimits size;
    QList<std::pair<int, int>> presets; ///< width, height
    QStringList keywords;         ///< "2K": sizes that the endpoint knows by name

    QList<ImageForm> accepts;     ///< first = preferred
    ImageLimits image;
    bool asList = false;          ///< Image: travels as a list of one
    QString sameSizeAs;           ///< Mask: name of the image field whose pixel size it must have

    ModelFilter models;

    QList<FieldSpec> items;       ///< of list and group types
    int leastItems = 0;           ///< Images and list types
    int mostItems = 1;
    QString sumOf;                ///< list types: the Integer item whose sum over the list…
    double mostSum = 0;           ///< …may be at most this
    QString sharesWith;           ///< Integer: value plus number of pictures in the Images field named here is at most `most`

    bool isImage() const { return type == FieldType::Image || type == FieldType::Mask || type == FieldType::Images; }
    const FieldSpec *item(QAnyStringView itemName) const;
};

} // namespace novita
