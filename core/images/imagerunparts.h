// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/call.h"
#include "core/base/clock.h"
#include "core/images/imagekeeper.h"

#include <QUrl>

#include <functional>

namespace novita {

class ImageJobLog;
class PictureStore;

/// What all runs of a queue work with; each must outlive them.
struct ImageRunParts
{
    ImageJobLog &jobs;
    PictureStore &pictures;
    ImageKeeper &keeper;
    ImageBackend &backend;
    const Clock &clock;
    std::function<double()> random; ///< values in [0, 1)
    /// Where the cloud is to report to, asked for each job; empty, null, or an Error: nowhere.
    std::function<Call<QUrl> *()> webhook;
    Milliseconds fetchWait; ///< before a picture is fetched again, doubled each time
    /// Calls `then` once after `wait`, unless `who` has died; never null.
    std::function<void(Milliseconds wait, QObject *who, const std::function<void()> &then)> later;
};

} // namespace novita
