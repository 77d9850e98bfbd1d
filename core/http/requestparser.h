// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/http/httpmessage.h"
#include "core/http/requesthead.h"

#include <memory>

namespace novita {

/// Turns bytes into requests, one after the other. Strict: what it does not refuse has one meaning only. Knows no sockets.
class RequestParser
{
public:
    enum class State {
        NeedMore,     ///< feed more bytes
        HeadComplete, ///< reported once a request: set the body limit, then go on
        Complete,     ///< take() the request
        Failed,       ///< see refusal(); the rest of the bytes has no meaning any more
    };

    explicit RequestParser(const HttpLimits &limits);
    ~RequestParser();
    Q_DISABLE_COPY_MOVE(RequestParser)

    /// Goes as far as it can, removing what it used from the front of `buffer`. Bytes of a next request stay in it.
    State advance(QByteArray &buffer);

    const HttpRequest &head() const; ///< everything but body and trailers, from HeadComplete on
    bool expectsContinue() const;
    bool hasBody() const;            ///< by what the header announces
    /// Refuses (413) a body beyond this; at once when its announced length is.
    void setBodyLimit(qint64 bytes);

    HttpRequest take(); ///< after Complete; the parser is then ready for the next request
    HttpRefusal refusal() const;

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace novita
