// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/catalogcloud.h"

namespace novita {

namespace {

const char kProducts[] = R"json({"data":[
{"id":"4090","name":"RTX 4090 24GB","cpuPerGpu":16,"memoryPerGpu":62,"availableDeploy":true,"inventoryState":"high","minRootFS":10,"maxRootFS":400,
 "regions":["US-CA-06 (California)","AS-SGP-02 (Singapore)"],"price":"35000","spotPrice":"21000","monthlyPrice":[{"price":20000000,"month":1}],
 "billingMethods":["onDemand","spot","monthly"]},
{"id":"5090","name":"RTX 5090 32GB","cpuPerGpu":16,"memoryPerGpu":92,"availableDeploy":true,"inventoryState":"low","minRootFS":10,"maxRootFS":50,
 "regions":["AS-SGP-02 (Singapore)"],"price":"63000","spotPrice":"0","billingMethods":["onDemand"]},
{"id":"h100","name":"H100 SXM 80GB","cpuPerGpu":24,"memoryPerGpu":200,"availableDeploy":true,"inventoryState":"normal","minRootFS":10,"maxRootFS":1000,
 "regions":["US-CA-06 (California)"],"price":"180000","spotPrice":"95000","billingMethods":["onDemand","spot"]},
{"id":"a100","name":"A100 SXM4 80GB","cpuPerGpu":14,"memoryPerGpu":120,"availableDeploy":false,"inventoryState":"none","minRootFS":10,"maxRootFS":400,
 "regions":["US-CA-06 (California)"],"price":"120000","spotPrice":"60000","billingMethods":["onDemand","spot"]},
{"id":"l40s","name":"L40S 48GB","cpuPerGpu":12,"memoryPerGpu":64,"availableDeploy":true,"inventoryState":"normal","minRootFS":10,"maxRootFS":400,
 "regions":[],"price":"55000","spotPrice":"","billingMethods":["onDemand"]}]})json";

const char kTemplates[] = R"json({"template":[
{"Id":"101","name":"ComfyUI (Flux)","channel":"official","type":"instance","image":"docker.io/example/comfy:1.4","rootfsSize":80,"startCommand":"python main.py",
 "ports":[{"type":"http","ports":[8188]},{"type":"tcp","ports":[22022]}],"envs":[{"key":"HF_TOKEN","value":"hf_very_private"}],
 "readme":"# Flux\n<img src=\"http://tracker.example/x.png\">[click](http://evil.example)","description":"Node editor"},
{"Id":"102","name":"PyTorch 2.5","channel":"official","type":"instance","image":"docker.io/example/pytorch:2.5","tools":[{"name":"Jupyter","port":8888,"type":"http"}]},
{"Id":"103","name":"<b>Bold</b>","channel":"community","type":"instance","image":"docker.io/example/bold:1"}],"total":3})json";

} // namespace

FakeAnswer CatalogCloud::answer(const FakeRequest &request) const
{
    const QString path = request.path();
    const auto is = [&path](const char *end) { return path.endsWith(QLatin1String(end)); };
    if (is("/v1/gpu/instance/create"))
        return onCreate;
    if (is("/v1/gpu/instances"))
        return FakeAnswer::payload(instances);
    if (productsFail && (is("/cpu/products") || is("/v1/products")))
        return FakeAnswer::payload(R"json({"code":400,"reason":"BAD","message":"no"})json", 400);
    if (is("/cpu/products"))
        return FakeAnswer::payload(R"json({"data":[{"id":"cpu-4","name":"4 vCPU 16GB","cpuNum":4,"memorySize":16,"rootfsSize":50,"availableDeploy":true,"price":4000}]})json");
    if (is("/v1/products"))
        return FakeAnswer::payload(kProducts);
    if (is("/v1/clusters"))
        return FakeAnswer::payload(R"json({"data":[{"id":"us-ca-6","name":"US-CA-06 (California)","supportNetworkStorage":true,"supportInstanceNetwork":true},
{"id":"as-sgp-2","name":"AS-SGP-02 (Singapore)","supportNetworkStorage":true}]})json");
    if (is("/v1/templates")) {
        // The channel is a query item; the list of a channel holds only its own.
        const bool first = request.request.url().query().contains(QLatin1String("official"));
        return FakeAnswer::payload(first ? QByteArray(kTemplates) : QByteArray(R"json({"template":[],"total":0})json"));
    }
    if (is("/v1/networkstorages/list"))
        return FakeAnswer::payload(R"json({"data":[{"storageId":"ns-1","storageName":"models","storageSize":200,"clusterId":"as-sgp-2","clusterName":"AS-SGP-02 (Singapore)"},
{"storageId":"ns-2","storageName":"elsewhere","storageSize":50,"clusterId":"us-ca-6","clusterName":"US-CA-06 (California)"}],"total":2})json");
    if (is("/v1/networks"))
        return FakeAnswer::payload(R"json({"networks":[{"Id":"net-1","name":"lab","clusterId":"as-sgp-2","segment":"10.0.0.0/24","state":"ready"}],"total":1})json");
    if (is("/v1/image/prewarm/quota"))
        return FakeAnswer::payload(R"json({"total":2,"limit":5,"perImageSize":100})json");
    if (is("/v1/image/prewarm"))
        return FakeAnswer::payload(R"json({"data":[{"id":"pw-1","imageName":"vllm","imageUrl":"docker.io/example/vllm:1","clusterId":"us-ca-6","clusterName":"US-CA-06 (California)","products":[{"productId":"4090","productName":"RTX 4090 24GB"}],"imageSize":"8589934592","createTime":"1763683200","completeTime":"1763683300","state":"Succeeded","note":"base"},
{"id":"pw-2","imageName":"gone","imageUrl":"ghcr.io/example/gone:1","clusterId":"as-sgp-2","clusterName":"AS-SGP-02 (Singapore)","imageSize":"0","createTime":"1763683200","state":"Failed","reason":["manifest unknown"],"note":null}],"total":2})json");
    if (is("/v1/repository/auths"))
        return FakeAnswer::payload(R"json({"data":[{"id":"auth-1","name":"hub","username":"me","password":"never-shown"}]})json");
    return FakeAnswer::payload("{}");
}

} // namespace novita
