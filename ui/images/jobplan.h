// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/money.h"
#include "core/cloud/endpoints/endpointspec.h"
#include "core/cloud/endpoints/recipe.h"
#include "core/cloud/endpoints/requestbody.h"
#include "core/images/imagequeue.h"
#include "core/prompts/promptexpansion.h"

#include <QList>
#include <QString>

#include <functional>
#include <optional>

namespace novita {

/// What a person asks for by *Generate*.
struct JobOrder
{
    QString backend;
    Recipe recipe;               ///< prompts as templates
    PromptExpansion prompt;      ///< of the recipe's prompt
    PromptExpansion negative;
    ExpansionMode mode = ExpansionMode::Random;
    RequestOptions options;
};

/// What comes of it, before anything is made.
struct JobPlan
{
    quint64 jobs = 1;
    quint64 results = 1;         ///< pictures or videos of all of them
    std::optional<Money> price;  ///< nullopt = unknown
    QString sentence;            ///< why it is fewer than the template could give; may be empty
    bool onServer = false;       ///< made by an image server of one's own: nothing is charged for it by itself
};

namespace jobplan {

inline constexpr quint64 kMostJobs = 1000;

/// Costs no more than reading the order, however many jobs there are.
JobPlan plan(const EndpointSpec &spec, const JobOrder &order);

/// The jobs of the plan. Random prompts: a job for each picture, each with the seed that drew its prompt, one after the other from the locked or drawn
/// one. Combinations: a job for each. `<lora:…>` goes into the endpoint's own field where it has one for Stable Diffusion. `random`: values in [0, 1).
QList<NewImageJob> make(const EndpointSpec &spec, const JobOrder &order, const std::function<double()> &random);

} // namespace jobplan

} // namespace novita
