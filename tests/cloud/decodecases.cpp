// SPDX-License-Identifier: GPL-3.0-or-later
#include "decodecases.h"

#include <initializer_list>

namespace {

QStringList list(std::initializer_list<const char *> items)
{
    QStringList out;
    for (const char *item : items)
        out.append(QString::fromUtf8(item));
    return out;
}

DecodeCase row(const char *file, int rows, std::initializer_list<const char *> facts, std::initializer_list<const char *> warnings = {},
               const char *fatalPath = "")
{
    return {QString::fromUtf8(file), rows, list(facts), list(warnings), QString::fromUtf8(fatalPath)};
}

} // namespace

QList<DecodeCase> instanceCases()
{
    return {
        row("instances/list.json", 2,
            {"0.id=3f9c1a77d0b24e15", "0.name=trainer-a", "0.status=running", "0.region=US-CA-06", "0.cpu=16", "0.memory=62", "0.gpu=1",
             "0.rootfs=60", "0.ports=8080/http@", "0.billing=spot", "0.spot=running", "0.end=", "0.reclaim=", "0.created=1763683200",
             "0.connected=no", "0.failed=no", "1.gpu=2", "1.memory=124", "1.rootfs=100", "1.volumes=network:ns-7d21:100:/network",
             "1.billing=monthly", "1.end=1766275200", "1.reclaimed=no"}),
        row("instances/detail.json", 1,
            {"0.command=sleep infinity", "0.entrypoint=/bin/sh", "0.network=vpc-9a@10.2.1.1",
             "0.ports=8080/http@https://3f9c1a77d0b24e15-8080.us-ca-6.gpu-instance.novita.ai,"
             "5432/tcp@proxy.us-ca-6.gpu-instance.novita.ai:41022",
             "0.volumes=network:ns-7d21:100:/network", "0.node=512", "0.jobs=job-51a0", "0.envs=HF_HOME=/network/hf", "0.connected=yes",
             "0.ssh=proxy.us-ca-6.gpu-instance.novita.ai:42210", "0.sshRunning=yes", "0.terminal=EXAMPLE-USER@https://terminal.example.invalid",
             "0.jupyter=8888@https://jupyter.example.invalid", "0.log=https://example.invalid/instance", "0.free=60", "0.keep=7"}),
        row("instances/detail-wrapped.json", 1, {"0.id=bb02", "0.status=pulling", "0.node=256", "0.connected=no", "0.ports=", "0.failed=no"}),
        row("instances/detail-old-ssh.json", 1,
            {"0.connected=yes", "0.ssh=203.0.113.7:2201", "0.sshRunning=yes", "0.started=1763683300", "0.stopped=1763683200"}),
        row("instances/data-key.json", 1, {"0.id=dd04", "0.status=toStart"}),
        row("instances/empty-enums.json", 1,
            {"0.status=?", "0.statusText=", "0.billing=", "0.spot=", "0.gpu=", "0.memory=", "0.end=", "0.created="}),
        row("instances/unknown-status.json", 1, {"0.status=?", "0.statusText=hibernating", "0.billing=", "0.billingText=weekly", "0.spot=paused"}),
        row("instances/reclaimed.json", 4,
            {"0.reclaimed=yes", "1.reclaimed=no", "2.reclaimed=no", "2.reclaim=1763690000", "3.reclaimed=no", "3.failed=yes",
             "3.error=pull image failed"}),
        row("instances/null-list.json", 0, {}),
        row("instances/empty-object.json", 0, {}),
        row("instances/bad/row-without-id.json", 1, {"0.id=b1"},
            {"$.instances[0]:", "$.instances[1]:", "$.instances[3]:", "$.instances[4]:", "$.instances[5]:"}),
        row("instances/bad/wrong-types.json", 1, {"0.id=b2", "0.name=", "0.status=?", "0.gpu=", "0.memory=", "0.cpu=", "0.rootfs=", "0.end="},
            {"$.instances[0].name:", "$.instances[0].status:", "$.instances[0].statusError:", "$.instances[0].cpuNum:", "$.instances[0].memory:",
             "$.instances[0].gpuNum:", "$.instances[0].rootfsSize:", "$.instances[0].portMappings:", "$.instances[0].volumeMounts:",
             "$.instances[0].envs[0]:", "$.instances[0].envs[1]:", "$.instances[0].network:", "$.instances[0].node:", "$.instances[0].jobs:",
             "$.instances[0].endTime:", "$.instances[0].spotReclaimTime:", "$.instances[0].connectComponentSSH:"}),
        row("instances/bad/ports.json", 1, {"0.ports=443/tcp@"},
            {"$.instances[0].portMappings[0]:", "$.instances[0].portMappings[1]:", "$.instances[0].portMappings[2].port:",
             "$.instances[0].portMappings[2]:"}),
        row("instances/bad/not-a-list.json", 0, {}, {}, "$.instances"),
        row("instances/bad/other-answer.json", 0, {}, {}, "$.instances"),
        row("instances/bad/text.json", 0, {}, {}, "$"),
        row("instances/bad/detail-no-id.json", 0, {}, {}, "$.id"),
        row("instances/bad/hostile-ssh.json", 1, {"0.connected=yes", "0.ssh=:22"}),
    };
}

QList<DecodeCase> otherCases()
{
    return {
        row("products/gpu.json", 2,
            {"0.id=4090.16c62g", "0.vram=24", "0.cpu=16", "0.memory=62", "0.disk=6144", "0.rootfs=10-6144", "0.stock=yes", "0.onDemand=0.35",
             "0.spot=0.175", "0.monthly=226.80", "0.regions=US-CA-06 (California)|EU-GB-01 (United Kingdom)", "1.id=26", "1.vram=80", "1.cpu=20",
             "1.memory=180", "1.stock=no", "1.onDemand=2.40", "1.spot=", "1.monthly=", "1.regions="}),
        row("products/gpu-zero-prices.json", 2,
            {"0.onDemand=", "0.spot=", "0.monthly=", "0.stock=yes", "1.onDemand=", "1.spot=", "1.vram=", "1.stock=yes"}),
        row("products/cpu-data.json", 1, {"0.id=cpu.4c8g", "0.cpu=4", "0.memory=8", "0.disk=60", "0.onDemand=0.20", "0.spot=", "0.stock=yes"}),
        row("products/cpu-array.json", 2, {"0.id=cpu.2c4g", "0.onDemand=0.10", "1.id=cpu.8c16g", "1.onDemand="}),
        row("products/cpu-single.json", 1, {"0.id=cpu.16c32g", "0.stock=no", "0.onDemand=0.80"}),
        row("products/bad/prices.json", 1, {"0.id=p1", "0.onDemand=", "0.spot=", "0.monthly=", "0.regions="},
            {"$.data[0].regions:", "$.data[0].price:", "$.data[0].monthlyPrice[0].price:", "$.data[0].monthlyPrice[1]:", "$.data[0].billingMethods:"}),
        row("products/bad/no-data.json", 0, {}, {}, "$.data"),
        row("templates/list.json", 1,
            {"0.id=107001", "0.name=ubuntu-dev", "0.auth=auth-1", "0.start=sleep infinity", "0.rootfs=60", "0.ports=8080/http,8188/http,5432/tcp",
             "0.envs=A=1", "0.volumes=local:20:/workspace", "0.jupyter=8888", "0.cuda=12.4", "0.created=1763683200"}),
        row("templates/detail.json", 1, {"0.id=107002", "0.channel=official", "0.rootfs=80", "0.ports=", "0.jupyter=no", "0.created=1763683201"}),
        row("templates/old-tools.json", 1, {"0.id=9", "0.jupyter=?", "0.created=1763683202"}),
        row("templates/bad/ports.json", 1, {"0.ports=80/http"},
            {"$.template[0].ports[0]:", "$.template[0].ports[0]:", "$.template[0].ports[0]:", "$.template[0].ports[1]:", "$.template[1]:"}),
        row("clusters/list.json", 2,
            {"0.id=us-ca-6", "0.region=US-CA-06", "0.gpus=RTX 4090 24GB|H100 SXM 80GB", "0.storage=yes", "0.vpc=yes", "1.region=as-sgp-2",
             "1.storage=no"}),
        row("clusters/bad/wrong-types.json", 1, {"0.name=7", "0.gpus=", "0.storage=no"},
            {"$.data[0].availableGpuType:", "$.data[0].supportNetworkStorage:", "$.data[1]:"}),
        row("registryauths/list.json", 1, {"0.id=2f0c7d36-1111-4222-8333-444455556666", "0.name=ghcr.io", "0.user=robot"}),
        row("registryauths/null.json", 0, {}),
        row("registryauths/bad/row-without-id.json", 1, {"0.id=a2"}, {"$.data[0]:"}),
        row("networkstorages/list.json", 2, {"0.id=ns-7d21", "0.name=datasets", "0.size=100", "0.price=200", "1.id=ns-2", "1.size=50", "1.price=100"}),
        row("networkstorages/bad/size.json", 1, {"0.size="}, {"$.data[0].storageSize:"}),
        row("networks/networks-key.json", 1, {"0.id=vpc-9a", "0.state=ready", "0.members=3f9c1a77d0b24e15", "0.created=1763683200"}),
        row("networks/network-key.json", 1, {"0.id=vpc-9b", "0.state=creating", "0.error=wait", "0.members="}),
        row("networks/bad/state.json", 2, {"0.state=", "1.state="}, {"$.networks[0].state:"}),
        row("jobs/list.json", 3,
            {"0.id=job-51a0", "0.state=success", "0.finished=yes", "0.error=", "0.instance=3f9c1a77d0b24e15", "1.state=fail", "1.error=no capacity",
             "2.state=pending", "2.finished=no"}),
        row("jobs/bad/state.json", 1, {"0.id=job-1", "0.state="}, {"$.jobs[0].state:", "$.jobs[1]:"}),
        row("prewarms/list.json", 4,
            {"0.id=pw-1", "0.image=docker.io/library/ubuntu:22.04", "0.products=RTX 4090 24GB|26", "0.bytes=78643200", "0.state=Succeeded", "0.finished=yes",
             "0.note=base", "0.created=1763683200", "0.completed=1763683300", "1.auth=auth-1", "1.products=", "1.bytes=", "1.state=Pending", "1.finished=no",
             "1.completed=", "2.finished=yes", "2.reasons=manifest unknown|gave up", "2.bytes=5000000000", "3.state=Hibernating", "3.finished=no"}),
        row("prewarms/null.json", 0, {}),
        row("prewarms/bad/wrong-types.json", 1, {"0.bytes=", "0.products=", "0.reasons=", "0.created=", "0.state="},
            {"$.data[0].products[0]:", "$.data[0].products[1].productId:", "$.data[0].imageSize:", "$.data[0].state:", "$.data[0].reason:",
             "$.data[0].createTime:", "$.data[1]:"}),
        row("prewarmquota/quota.json", 1, {"0.used=1", "0.limit=5", "0.perImage=100", "0.usedUp=no"}),
        row("metrics/series.json", 1,
            {"0.cpu=1763683200:12.5 1763683215:14", "0.memory=1763683200:30", "0.disk=1763683200:8.1", "0.gpu=1763683200:97", "0.vram=1763683200:81",
             "0.gpus=0@1763683200:96|1@1763683200:98", "0.vrams=0@1763683200:80|1@1763683200:82"}),
        row("metrics/null.json", 1, {"0.cpu=", "0.memory=", "0.gpu=", "0.gpus=", "0.vrams="}),
        row("metrics/empty.json", 1, {"0.cpu=", "0.gpu=", "0.gpus="}),
        row("metrics/bad/wrong-types.json", 1, {"0.cpu=1763683245:7", "0.memory=", "0.disk=", "0.gpu=", "0.vram=", "0.vrams=0@"},
            {"$.memUtilization:", "$.rootDiskUtilization[0]:", "$.gpuUtilization:"}),
        row("balance/detail.json", 1, {"0.available=12.50", "0.cash=12.00", "0.credit=0.00", "0.outstanding=-0.005"}),
        row("balance/numbers.json", 1, {"0.available=12.50", "0.cash=", "0.credit="}),
        row("balance/bad/text.json", 1, {"0.available=", "0.cash=", "0.credit="}, {"$.availableBalance:", "$.cashBalance:"}),
    };
}

QList<DecodeCase> mediaCases()
{
    return {
        row("imagetasks/queued.json", 1, {"0.id=0b0f6c1e-5a43", "0.type=TXT_TO_IMG", "0.status=queued", "0.finished=no", "0.progress=0", "0.eta=", "0.images=", "0.seed="}),
        row("imagetasks/processing.json", 1, {"0.status=processing", "0.finished=no", "0.progress=40", "0.eta=4"}),
        row("imagetasks/succeeded.json", 1,
            {"0.status=succeeded", "0.finished=yes", "0.progress=0", "0.seed=81234567", "0.seeds=81234567,81234568", "0.submitted=1763700000", "0.completed=1763700004",
             "0.images=png@https://storage.example.net/out/1.png?sig=a%2Fb~3600!3.5 png@https://storage.example.net/out/2.png?sig=abc~604800"}),
        row("imagetasks/no-expiry.json", 1, {"0.finished=yes", "0.progress=", "0.seed=", "0.images=jpeg@https://cdn.example.net/q.jpeg"}),
        row("imagetasks/video.json", 1,
            {"0.progress=100", "0.videos=mp4@https://storage.example.net/out/1.mp4?sig=abc~3600", "0.audios=wav@https://storage.example.net/out/1.wav~60"}),
        row("imagetasks/failed.json", 1, {"0.status=failed", "0.finished=yes", "0.reason=worker gave up"}),
        row("imagetasks/new-status.json", 1, {"0.id=7", "0.status=?", "0.finished=no", "0.progress=100"}),
        row("imagetasks/bad/no-id.json", 0, {}, {}, "$.task.task_id"),
        row("imagetasks/bad/links.json", 1, {"0.images=@ @ @~60 @https://example.net/good.png!100", "0.videos=", "0.seed=", "0.seeds="},
            {"$.images[0].image_url:", "$.images[1].image_url:", "$.images[2].image_url:", "$.images[3]:", "$.videos:", "$.extra.seed:"}),
        row("imagemodels/page.json", 6,
            {"0.id=90001", "0.type=checkpoint", "0.request=tidepool_v2_90001.safetensors", "0.label=tidepool_v2_90001", "0.usable=yes", "0.tags=painterly|base model",
             "0.cover=https://img.example.net/c.jpeg", "0.base=3", "0.inpainting=no", "0.nsfw=", "1.id=44319", "1.type=lora", "1.request=add_detail_44319", "1.usable=yes",
             "1.base=1", "2.type=lora", "2.usable=no", "2.base=3", "3.type=textualinversion", "3.request=bad-hands.pt", "3.base=1", "3.nsfw=no", "4.inpainting=yes",
             "4.request=patch-inpainting_7.safetensors", "5.type=", "5.label=rig", "5.base=4"}),
        row("imagemodels/empty.json", 0, {}),
        row("imagemodels/bad/rows.json", 1, {"0.id=3", "0.type=", "0.tags=", "0.cover=", "0.usable=yes"},
            {"$.models[0]:", "$.models[1]:", "$.models[2].id:", "$.models[2]:", "$.models[3].type:", "$.models[3].status:", "$.models[3].tags:"}),
        row("imagemodels/bad/other.json", 0, {}, {}, "$.models"),
        row("syncimages/base64.json", 1, {"0.images=png=hello", "0.prompt="}),
        row("syncimages/data-uri.json", 1, {"0.images=webp=hello"}),
        row("syncimages/odd-type.json", 1, {"0.images=gnp=hello"}),
        row("syncimages/task-links.json", 1, {"0.images=png@https://storage.example.net/f.png?sig=1~604800", "0.task=b1"}),
        row("syncimages/urls.json", 1, {"0.images=@https://storage.example.net/s4.jpeg @https://storage.example.net/s5.jpeg"}),
        row("syncimages/url-or-bytes.json", 1, {"0.images=@https://storage.example.net/s3.jpeg"}),
        row("syncimages/bytes.json", 1, {"0.images==hello =world"}),
        row("syncimages/prompt.json", 1, {"0.images=", "0.prompt=a harbour at night, long exposure"}),
        row("syncimages/text.json", 1, {"0.prompt=a harbour at night"}),
        row("syncimages/bad/not-base64.json", 0, {}, {}, "$.image_file"),
        row("syncimages/bad/nothing.json", 0, {}, {}, "$"),
        row("syncimages/bad/mixed.json", 1, {"0.images=@https://example.net/a.png"},
            {"$.images[0]:", "$.images[1]:", "$.images[2].image_url:"}),
        row("languagemodels/list.json", 3,
            {"0.id=vendor/tide-7b", "0.title=Tide 7B", "0.context=131072", "0.input=0.07", "0.output=0.25", "0.cost=0.265", "1.title=vendor/free", "1.context=",
             "1.input=0.00", "1.cost=0.00", "2.input=", "2.cost="}),
        row("languagemodels/bad/rows.json", 1, {"0.id=vendor/odd", "0.context=", "0.input=", "0.output="},
            {"$.data[0]:", "$.data[1].context_size:", "$.data[1].output_token_price_per_m:"}),
        row("chatchunks/content.json", 1, {"0.model=vendor/tide-7b", "0.choices=0:Spring//", "0.usage="}),
        row("chatchunks/reasoning.json", 1, {"0.choices=0:/tides/|1://length"}),
        row("chatchunks/usage.json", 1, {"0.choices=", "0.usage=9+8=17"}),
        row("chatchunks/bad/types.json", 1, {"0.choices=0://", "0.usage=0+0=0"},
            {"$.id:", "$.usage.prompt_tokens:", "$.choices[0].delta:", "$.choices[0].index:", "$.choices[1]:"}),
    };
}
