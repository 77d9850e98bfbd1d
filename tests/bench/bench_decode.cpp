// SPDX-License-Identifier: GPL-3.0-or-later

// What decoding a list of 10,000 instances costs beside parsing the same bytes with Qt alone.

#include "core/cloud/services/listanswer.h"
#include "core/cloud/stores/instancestore.h"

#include <QElapsedTimer>
#include <QJsonDocument>
#include <QTextStream>

#include <algorithm>
#include <functional>
#include <vector>

using namespace novita;

namespace {

constexpr int kInstances = 10000;
constexpr int kRounds = 9;

QByteArray listBody()
{
    QByteArray body = "{\"instances\":[";
    for (int i = 0; i < kInstances; ++i) {
        const QByteArray n = QByteArray::number(i);
        body += (i > 0 ? "," : "");
        body += "{\"id\":\"3f9c1a77d0b" + n + "\",\"name\":\"trainer-" + n + "\",\"clusterId\":\"us-ca-6\",\"clusterName\":\"US-CA-06 (California)\","
                "\"status\":\"running\",\"imageUrl\":\"docker.io/library/ubuntu:22.04\",\"imageAuthId\":\"\",\"command\":\"\",\"entrypoint\":\"\","
                "\"cpuNum\":\"16\",\"memory\":\"62\",\"gpuNum\":\"1\",\"portMappings\":[{\"port\":8080,\"type\":\"http\"},{\"port\":5432,\"type\":\"tcp\"}],"
                "\"productId\":\"4090.16c62g\",\"productName\":\"RTX 4090 24GB\",\"rootfsSize\":60,\"volumeMounts\":[{\"type\":\"network\",\"size\":\"100\","
                "\"id\":\"ns-7d21\",\"mountPath\":\"/network\"}],\"statusError\":{\"state\":\"\",\"message\":\"\"},\"envs\":[{\"key\":\"HF_HOME\","
                "\"value\":\"/network/hf\"}],\"kind\":\"gpu\",\"billingMode\":\"spot\",\"endTime\":\"-1\",\"spotStatus\":\"running\",\"spotReclaimTime\":\"0\","
                "\"createdAt\":\"1763683200\"}";
    }
    return body + "],\"total\":" + QByteArray::number(kInstances) + "}";
}

/// Median time of `kRounds` runs in milliseconds.
double medianMs(const std::function<void()> &work)
{
    std::vector<double> times;
    for (int i = 0; i < kRounds; ++i) {
        QElapsedTimer timer;
        timer.start();
        work();
        times.push_back(static_cast<double>(timer.nsecsElapsed()) / 1e6);
    }
    std::nth_element(times.begin(), times.begin() + kRounds / 2, times.end());
    return times.at(kRounds / 2);
}

} // namespace

int main()
{
    QTextStream out(stdout);
    const QByteArray body = listBody();
    const auto decode = [&body] {
        DecodeLog log;
        return decodeRows<Instance>(*parseJson(body), log, {QLatin1String("instances")}, &decodeInstance).rows;
    };
    const QList<Instance> rows = decode();
    if (rows.size() != kInstances) {
        out << "decoded " << rows.size() << " of " << kInstances << " instances\n";
        return 1;
    }

    qsizetype sink = 0;
    const double plain = medianMs([&] { sink += QJsonDocument::fromJson(body).object().size(); });
    const double ours = medianMs([&] { sink += decode().size(); });
    InstanceStore store;
    const TimePoint start{Seconds(1767225600)};
    store.adoptList(rows, start);
    const double quiet = medianMs([&] { store.adoptList(rows, start + Seconds(++sink)); });

    out << "bytes                        " << body.size() << '\n'
        << "QJsonDocument alone          " << plain << " ms\n"
        << "parse and decode             " << ours << " ms, ratio " << ours / plain << '\n'
        << "per instance                 " << (ours - plain) * 1000 / kInstances << " us\n"
        << "store adopts the same list   " << quiet << " ms\n";
    return sink > 0 ? 0 : 1;
}
