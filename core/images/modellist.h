// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/images/modelcatalogue.h"
#include "core/images/modelpages.h"

#include <array>

namespace novita {

/// What ModelCatalogue holds of one question.
struct ModelCatalogue::List
{
    enum class Disk { Unread, Reading, Read };

    ImageModelQuery query;
    QString key;
    Disk disk = Disk::Unread;
    bool wanted = false; ///< once the disk has answered
    bool refreshWanted = false;
    ModelPages pages;
    int reading = -1;    ///< the page being read
    int pagesWanted = 0; ///< where a walk ends
    std::optional<Error> error;
    quint64 touched = 0;
    CallGuard diskRead;
    CallGuard call;
};

/// What forms offer.
inline constexpr std::array kOfferedModelTypes{ImageModelType::Checkpoint, ImageModelType::Lora,
                                               ImageModelType::Vae,        ImageModelType::ControlNet,
                                               ImageModelType::Embedding,  ImageModelType::Upscaler};

} // namespace novita
