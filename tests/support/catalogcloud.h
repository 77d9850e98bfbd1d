// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/support/fakenam.h"

#include <QByteArray>

namespace novita {

/// A small cloud to choose from, as answers for a FakeNam: five GPU offers, one CPU offer, two clusters, three templates,
/// a volume, a network, a registry credential, no instances. What a create gets is the test's to say.
class CatalogCloud
{
public:
    FakeAnswer onCreate = FakeAnswer::payload(R"({"id":"new-1"})");
    QByteArray instances = R"({"instances":[],"total":0})";
    bool productsFail = false;

    FakeAnswer answer(const FakeRequest &request) const;
};

} // namespace novita
