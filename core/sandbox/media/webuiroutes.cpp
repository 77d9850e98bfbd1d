// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sandbox/sandboxroutes.h"

#include "core/sandbox/media/sandboxmedia.h"

// A WebUI server at /webui/, beside those that instances run.

namespace novita {

namespace {

HttpResponse webUi(ApiCall &call)
{
    return call.media->webUi().answer(call.request, call.request.path.mid(int(qstrlen("/webui"))), call.defer);
}

} // namespace

QList<ApiOperation> webUiOperations()
{
    return {{"POST", "/webui/sdapi/v1/txt2img", "webUiTxt2img", webUi, ApiFamily::Open},
            {"POST", "/webui/sdapi/v1/img2img", "webUiImg2img", webUi, ApiFamily::Open},
            {"POST", "/webui/sdapi/v1/interrupt", "webUiInterrupt", webUi, ApiFamily::Open},
            {"GET", "/webui/sdapi/v1/progress", "webUiProgress", webUi, ApiFamily::Open},
            {"GET", "/webui/*", "webUiRead", webUi, ApiFamily::Open},
            {"POST", "/webui/*", "webUiWrite", webUi, ApiFamily::Open}};
}

} // namespace novita
