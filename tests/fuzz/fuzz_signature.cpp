// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/http/httpmessage.h"
#include "core/webhooks/signature.h"
#include "fuzztarget.h"

#include <QString>

using namespace novita;

// The first line is the value of a signature header, the second the id, the third the timestamp; the rest is the body. Nothing
// but the right signature passes, and none passes for an empty secret.

namespace {

constexpr TimePoint kNow{Seconds(1'700'000'000)};

struct Delivery
{
    QByteArray value;
    QByteArray id;
    QByteArray timestamp;
    QByteArray body;
};

void checkPlain(const SigningSecret &secret, const Delivery &delivery)
{
    const QByteArray right = signature::signPlain(secret, delivery.body);
    require(signature::verifyPlain({SigningSecret(), secret}, right, delivery.body), "the right signature passes");
    if (signature::verifyPlain({SigningSecret(), secret}, delivery.value, delivery.body))
        require(delivery.value.toLower() == right, "only the right signature passes");
    require(!signature::verifyPlain({SigningSecret()}, delivery.value, delivery.body), "an empty secret verifies nothing");
}

void checkStandard(const SigningSecret &secret, const Delivery &delivery)
{
    const auto verify = [&delivery](const SigningSecrets &secrets, const QByteArray &value) {
        return signature::verifyStandard(secrets, value, delivery.id, delivery.timestamp, delivery.body);
    };
    const QByteArray signedText = delivery.id + '.' + delivery.timestamp + '.' + delivery.body;
    const QByteArray right = signature::hmacSha256(secret.standardKey(), signedText).toBase64();
    require(verify({SigningSecret(), secret}, "v1," + right), "the right standard signature passes");
    // The last digit but one carries two bits that belong to no byte.
    if (verify({SigningSecret(), secret}, delivery.value))
        require(delivery.value.contains("v1," + right.chopped(2)), "only the right standard signature passes");
    require(!verify({SigningSecret()}, delivery.value), "an empty secret verifies nothing of the standard");
}

void checkVerdict(const SigningSecret &secret, const Delivery &delivery)
{
    HttpHeaders standard;
    standard.append("webhook-id", delivery.id);
    standard.append("webhook-timestamp", delivery.timestamp);
    standard.append("webhook-signature", delivery.value);
    standard.append("X-Webhook-Signature", signature::signPlain(secret, delivery.body));
    const signature::Verdict verdict = signature::check({secret}, standard, delivery.body, kNow);
    require(verdict.scheme == signature::Scheme::Standard, "no way down to the plain scheme");
    if (verdict.ok())
        require(!verdict.id.isEmpty() && verdict.id.size() <= signature::kMaxIdBytes && !delivery.timestamp.isEmpty(), "id and date of what passed");

    HttpHeaders plain;
    plain.append("X-Webhook-Signature", signature::signPlain(secret, delivery.body));
    plain.append("X-Webhook-Timestamp", delivery.timestamp);
    const signature::Verdict dated = signature::check({secret}, plain, delivery.body, kNow);
    require(dated.ok() || dated.failure == signature::Failure::Stale, "of what is signed only the time can be wrong");
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const QList<QByteArray> lines = QByteArray(reinterpret_cast<const char *>(data), static_cast<qsizetype>(size)).split('\n');
    const Delivery delivery{lines.value(0), lines.value(1), lines.value(2), lines.mid(3).join('\n')};
    static const SigningSecret secret = *SigningSecret::fromText(QStringLiteral("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"));
    checkPlain(secret, delivery);
    checkStandard(secret, delivery);
    checkVerdict(secret, delivery);
    if (const Result<SigningSecret> own = SigningSecret::fromText(QString::fromUtf8(delivery.body)))
        require(!own->isEmpty() && !own->standardKey().isEmpty(), "a secret that is taken signs");
    return 0;
}
