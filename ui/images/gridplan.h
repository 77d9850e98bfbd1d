// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/cloud/endpoints/formvalues.h"
#include "core/prompts/promptgrid.h"
#include "ui/images/jobplan.h"

#include <QJsonObject>

#include <optional>

namespace novita {

/// Where in a grid the pictures of a job belong: ImageJob::cell. Labels are plain text.
struct GridPlace
{
    struct Side
    {
        QString title; ///< "Steps"; empty without that axis
        QString label; ///< "20"
        int at = 0;
        int of = 1; ///< 1 to PromptGrid::kMostCells
        bool operator==(const Side &) const = default;
    };
    Side column;
    Side row;

    bool operator==(const GridPlace &) const = default;

    QJsonObject toJson() const;
    /// nullopt for what is no place in a grid.
    static std::optional<GridPlace> fromJson(const QJsonObject &json);
};

/// An order for each cell of a grid.
struct GridOrder
{
    JobOrder order;      ///< of the form as it stands
    PromptGrid grid;     ///< over the values of its recipe
    WildcardLists lists; ///< for prompts that a cell changes
    FormContext context; ///< what the cells are checked in
};

/// Pure.
namespace gridplan {

/// What an axis may run over with this endpoint and these values, of what the form shows: numbers, choices, switches,
/// models, texts, sides of the size, strengths of LoRAs, and words of the prompt. Titles are translated.
QList<GridField> fieldsOf(const EndpointSpec &spec, const Recipe &recipe, const FormContext &context = {});

/// ErrorKind::Validation, with a sentence that names the cell: a value that the endpoint does not take, a prompt that
/// cannot be read, or more than jobplan::kMostJobs.
Result<JobPlan> plan(const EndpointSpec &spec, const GridOrder &order);

/// The jobs of a plan that is good, row by row, with one batch. Where the seed is random and no axis runs over it, one
/// is drawn for all: so only the parameters differ.
QList<NewImageJob> make(const EndpointSpec &spec, const GridOrder &order, const std::function<double()> &random);

} // namespace gridplan

} // namespace novita
