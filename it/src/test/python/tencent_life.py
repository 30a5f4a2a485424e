"""Lives the whole life of a load balancer against `plumbline simulate` with Tencent Cloud's own Python SDK.

Reads the first line of `simulate` on stdin. Ends with 0 when everything went, and was refused, as with the real API.
"""

import hashlib
import hmac
import http.client
import json
import socket
import sys
import threading
import time
import urllib.request

from tencentcloud.clb.v20180317 import clb_client, models
from tencentcloud.common import credential
from tencentcloud.common.exception.tencent_cloud_sdk_exception import TencentCloudSDKException
from tencentcloud.common.profile.client_profile import ClientProfile
from tencentcloud.common.profile.http_profile import HttpProfile

POD = "10.244.210.1"
POD_PLACE = "127.44.210.1"
PATIENCE_SECONDS = 90


class Life:
    def __init__(self, connection):
        self.connection = connection
        self.client = self.client_with()

    def client_with(self, region=None, secret_id=None, secret_key=None):
        endpoint = self.connection["endpoint"].removeprefix("http://")
        profile = ClientProfile(httpProfile=HttpProfile(protocol="http", endpoint=endpoint))
        keys = credential.Credential(
            secret_id or self.connection["secretId"], secret_key or self.connection["secretKey"]
        )
        return clb_client.ClbClient(keys, region or self.connection["region"], profile)

    def call(self, action, **parameters):
        """The typed call of an action, with the parameters as plain values."""
        request = getattr(models, action + "Request")()
        request.from_json_string(json.dumps(parameters))
        return getattr(self.client, action)(request)

    def settle(self, reply):
        """Waits until the task of a reply has ended well."""
        until = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < until:
            task = self.call("DescribeTaskStatus", TaskId=reply.RequestId)
            if task.Status == 0:
                return task
            expect(task.Status == 2, "the task failed: %s" % task.Message)
            time.sleep(0.2)
        raise AssertionError("the task did not end")

    def settled(self, action, **parameters):
        reply = self.call(action, **parameters)
        self.settle(reply)
        return reply

    def refused(self, code, action, client=None, **parameters):
        """The untyped call, which lets everything through, must be refused with this code."""
        try:
            (client or self.client).call_json(action, parameters)
        except TencentCloudSDKException as refusal:
            expect(refusal.get_code() == code, "%s: expected %s, got %s" % (action, code, refusal))
            print("refused as it should be: %s: %s" % (action, refusal.get_code()))
            return
        raise AssertionError("%s was not refused with %s" % (action, code))

    def state(self):
        with urllib.request.urlopen(self.connection["endpoint"] + "/__simulation/state") as reply:
            return json.load(reply)

    def put(self, what, body):
        request = urllib.request.Request(
            self.connection["endpoint"] + "/__simulation/" + what, json.dumps(body).encode(), method="PUT"
        )
        urllib.request.urlopen(request).close()


def expect(holds, message):
    if not holds:
        raise AssertionError(message)


def identity_is_checked(life):
    life.refused("AuthFailure.SignatureFailure", "DescribeQuota", life.client_with(secret_key="wrong"))
    life.refused("AuthFailure.SecretIdNotFound", "DescribeQuota", life.client_with(secret_id="nobody"))
    life.refused("UnsupportedRegion", "DescribeQuota", life.client_with(region="ap-nowhere"))


def raw_call(life, host, age_seconds=0):
    """DescribeQuota signed by hand, with this Host header and a chunked body."""
    moment = int(time.time()) - age_seconds
    date = time.strftime("%Y-%m-%d", time.gmtime(moment))
    body = b"{}"
    content_type = "application/json; charset=utf-8"
    canonical = "POST\n/\n\ncontent-type:%s\nhost:%s\n\ncontent-type;host\n%s" % (
        content_type,
        host,
        hashlib.sha256(body).hexdigest(),
    )
    scope = date + "/clb/tc3_request"
    to_sign = "TC3-HMAC-SHA256\n%d\n%s\n%s" % (moment, scope, hashlib.sha256(canonical.encode()).hexdigest())
    key = ("TC3" + life.connection["secretKey"]).encode()
    for part in (date, "clb", "tc3_request"):
        key = hmac.new(key, part.encode(), hashlib.sha256).digest()
    signature = hmac.new(key, to_sign.encode(), hashlib.sha256).hexdigest()
    headers = {
        "Host": host,
        "Content-Type": content_type,
        "X-TC-Action": "DescribeQuota",
        "X-TC-Version": "2018-03-17",
        "X-TC-Region": life.connection["region"],
        "X-TC-Timestamp": str(moment),
        "Authorization": "TC3-HMAC-SHA256 Credential=%s/%s, SignedHeaders=content-type;host, Signature=%s"
        % (life.connection["secretId"], scope, signature),
    }
    connection = http.client.HTTPConnection(life.connection["endpoint"].removeprefix("http://"))
    connection.request("POST", "/", iter([body[:1], body[1:]]), headers, encode_chunked=True)
    return json.load(connection.getresponse())["Response"]


def the_wire_is_read_as_it_is(life):
    whole_url = life.connection["endpoint"]
    expect("QuotaSet" in raw_call(life, whole_url), "a Host header that is a whole URL, and a chunked body")
    old = raw_call(life, "clb.tencentcloudapi.com", age_seconds=600)
    expect(old["Error"]["Code"] == "AuthFailure.SignatureExpire", "a signature of ten minutes ago has expired")


def contract_is_checked(life):
    life.refused("InvalidAction", "CreateEverything")
    life.refused("UnsupportedOperation", "CreateRule")
    life.refused("MissingParameter", "CreateLoadBalancer")
    life.refused("UnknownParameter", "CreateLoadBalancer", LoadBalancerType="OPEN", Colour="red")
    life.refused("InvalidParameter", "CreateLoadBalancer", LoadBalancerType=7)
    life.refused("InvalidParameterValue", "CreateLoadBalancer", LoadBalancerType="CLOSED")
    life.refused("InvalidParameterValue", "CreateLoadBalancer", LoadBalancerType="OPEN", VpcId="vpc-none")
    life.refused("MissingParameter", "CreateLoadBalancer", LoadBalancerType="INTERNAL")
    life.refused("InvalidParameter.LBIdNotFound", "DescribeListeners", LoadBalancerId="lb-none")
    life.refused("InvalidParameter.LBIdNotFound", "DeleteLoadBalancer", LoadBalancerIds=["lb-none"])
    life.refused("InvalidParameter", "DescribeTaskStatus", TaskId="none")


def balancer_is_born(life):
    order = {
        "LoadBalancerType": "OPEN",
        "LoadBalancerName": "python-life",
        "ClientToken": "python-life-1",
        "Tags": [{"TagKey": "life", "TagValue": "python"}],
        "InternetAccessible": {"InternetChargeType": "TRAFFIC_POSTPAID_BY_HOUR", "InternetMaxBandwidthOut": 20},
    }
    reply = life.call("CreateLoadBalancer", **order)
    task = life.settle(reply)
    expect(task.LoadBalancerIds == reply.LoadBalancerIds, "the task tells the same ids")
    again = life.call("CreateLoadBalancer", **order)
    expect(again.LoadBalancerIds == reply.LoadBalancerIds, "the same token is the same balancer")
    found = life.call("DescribeLoadBalancers", Filters=[{"Name": "tag:life", "Values": ["python"]}])
    expect(found.TotalCount == 1, "found by its tag")
    balancer = found.LoadBalancerSet[0]
    expect(balancer.Status == 1 and balancer.LoadBalancerVips[0].startswith("127.200."), "it runs and has an address")
    expect(balancer.NetworkAttributes.InternetMaxBandwidthOut == 20, "it has the bandwidth")
    return balancer.LoadBalancerId


def internal_balancer_comes_and_goes(life):
    subnet = life.connection["subnetIds"][1]
    reply = life.settled(
        "CreateLoadBalancer", LoadBalancerType="INTERNAL", VpcId=life.connection["vpcId"], SubnetId=subnet
    )
    found = life.call("DescribeLoadBalancers", LoadBalancerIds=reply.LoadBalancerIds)
    expect(found.LoadBalancerSet[0].SubnetId == subnet, "it stands in its subnet")
    life.settled("DeleteLoadBalancer", LoadBalancerIds=reply.LoadBalancerIds)


def listeners_are_made(life, balancer):
    check = {"IntervalTime": 3, "TimeOut": 2, "HealthNum": 2, "UnHealthNum": 2}
    reply = life.call(
        "CreateListener",
        LoadBalancerId=balancer,
        Protocol="TCP",
        Ports=[8210, 8211],
        ListenerNames=["one", "two"],
        HealthCheck=check,
    )
    life.refused(
        "FailedOperation.ResourceInOperating", "CreateListener", LoadBalancerId=balancer, Protocol="UDP", Ports=[53]
    )
    life.settle(reply)
    life.settled("CreateListener", LoadBalancerId=balancer, Protocol="UDP", Ports=[8210])
    listeners = life.call("DescribeListeners", LoadBalancerId=balancer)
    expect([each.Port for each in listeners.Listeners] == [8210, 8211, 8210], "three listeners, in order")
    life.settled("ModifyListener", LoadBalancerId=balancer, ListenerId=reply.ListenerIds[1], ListenerName="second")
    life.refused(
        "InvalidParameter.PortCheckFailed", "CreateListener", LoadBalancerId=balancer, Protocol="TCP", Ports=[8210]
    )
    life.refused(
        "InvalidParameter.ProtocolCheckFailed", "CreateListener", LoadBalancerId=balancer, Protocol="SCTP", Ports=[1]
    )
    life.refused(
        "InvalidParameterValue.Length",
        "CreateListener",
        LoadBalancerId=balancer,
        Protocol="TCP",
        Ports=list(range(1000, 1050)),
    )
    return reply.ListenerIds


def targets_are_bound(life, balancer, listeners, port):
    target = {"ListenerId": listeners[0], "EniIp": POD, "Port": port}
    bound = life.call("BatchRegisterTargets", LoadBalancerId=balancer, Targets=[target])
    expect(bound.FailListenerIdSet == [], "nothing failed")
    instance = {"InstanceId": life.connection["instanceIds"][0], "Port": 30080, "Weight": 0}
    time.sleep(0.1)
    life.settled("RegisterTargets", LoadBalancerId=balancer, ListenerId=listeners[0], Targets=[instance])
    told = life.call("DescribeTargets", LoadBalancerId=balancer, ListenerIds=[listeners[0]]).Listeners[0].Targets
    expect([each.Type for each in told] == ["ENI", "CVM"], "an interface and an instance")
    expect([each.Weight for each in told] == [10, 0], "weights as asked for, 10 where not")
    twice = life.call("BatchRegisterTargets", LoadBalancerId=balancer, Targets=[target])
    expect(twice.FailListenerIdSet == [listeners[0]], "what is bound already fails without an error")
    time.sleep(0.1)
    life.refused(
        "InvalidParameterValue",
        "BatchRegisterTargets",
        LoadBalancerId=balancer,
        Targets=[dict(target, ListenerId=listeners[1])],
    )
    life.refused(
        "InvalidParameterValue",
        "BatchRegisterTargets",
        LoadBalancerId=balancer,
        Targets=[dict(target, EniIp="192.168.1.1")],
    )
    life.refused(
        "InvalidParameter.ListenerIdNotFound",
        "BatchRegisterTargets",
        LoadBalancerId=balancer,
        Targets=[dict(target, ListenerId="lbl-none")],
    )


def serve_pod():
    """Listens at the Pod's place and returns the port."""
    server = socket.create_server((POD_PLACE, 0), backlog=100)

    def serve():
        while True:
            connection, _ = server.accept()
            with connection:
                try:
                    connection.sendall(b"the pod\n")
                except OSError:
                    pass

    threading.Thread(target=serve, daemon=True).start()
    return server.getsockname()[1]


def traffic_flows(life, balancer, listeners, port):
    until = time.monotonic() + PATIENCE_SECONDS
    health = None
    while health != "Alive" and time.monotonic() < until:
        told = life.call("DescribeTargetHealth", LoadBalancerIds=[balancer], ListenerIds=[listeners[0]])
        health = told.LoadBalancers[0].Listeners[0].Rules[0].Targets[0].HealthStatusDetail
        time.sleep(0.2)
    expect(health == "Alive", "the target became healthy")
    listener = life.state()["loadBalancers"][0]["listeners"][0]
    host, listening = listener["dataPlane"].split(":")
    with socket.create_connection((host, int(listening)), timeout=10) as connection:
        expect(connection.makefile().readline() == "the pod\n", "the listener leads to the target")
    life.settled(
        "BatchModifyTargetWeight",
        LoadBalancerId=balancer,
        ModifyList=[{"ListenerId": listeners[0], "Weight": 0, "Targets": [{"EniIp": POD, "Port": port}]}],
    )
    time.sleep(1.5)
    try:
        with socket.create_connection((host, int(listening)), timeout=10) as connection:
            answered = connection.recv(100)
    except OSError:
        answered = b""
    expect(answered == b"", "a target of weight 0 gets no connection")


def attributes_change(life, balancer):
    groups = life.connection["securityGroupIds"]
    life.call("SetLoadBalancerSecurityGroups", LoadBalancerId=balancer, SecurityGroups=groups)
    life.refused(
        "InvalidParameterValue", "SetLoadBalancerSecurityGroups", LoadBalancerId=balancer, SecurityGroups=["sg-none"]
    )
    life.settled("ModifyLoadBalancerAttributes", LoadBalancerId=balancer, DeleteProtect=True)
    told = life.call("DescribeLoadBalancers", LoadBalancerIds=[balancer]).LoadBalancerSet[0]
    expect(told.SecureGroups == groups and told.AttributeFlags == ["DeleteProtect"], "attributes as set")
    life.refused("OperationDenied", "DeleteLoadBalancer", LoadBalancerIds=[balancer])
    life.settled("ModifyLoadBalancerAttributes", LoadBalancerId=balancer, DeleteProtect=False)


def deletion_is_guarded(life, balancer, listeners):
    many = [{"ListenerId": listeners[1], "EniIp": "10.244.211.%d" % host, "Port": 80} for host in range(1, 21)]
    life.call("BatchRegisterTargets", LoadBalancerId=balancer, Targets=many)
    time.sleep(0.3)
    life.refused("FailedOperation.TargetNumCheckRisk", "DeleteLoadBalancer", LoadBalancerIds=[balancer])
    life.refused(
        "InvalidParameter",
        "DeleteLoadBalancerListeners",
        LoadBalancerId=balancer,
        ListenerIds=[listeners[1], "lbl-none"],
    )
    gone = life.call("BatchDeregisterTargets", LoadBalancerId=balancer, Targets=many)
    expect(gone.FailListenerIdSet == [], "all were unbound")
    time.sleep(0.3)


def faults_strike(life):
    life.put("faults", [{"action": "DescribeQuota", "nth": 1, "do": "error", "code": "InternalError"}])
    life.refused("InternalError", "DescribeQuota")
    expect(len(life.call("DescribeQuota").QuotaSet) >= 4, "the fault strikes once")
    life.put("faults", [])
    until = time.monotonic() + PATIENCE_SECONDS
    limited = False
    while not limited and time.monotonic() < until:
        try:
            life.call("DescribeQuota")
        except TencentCloudSDKException as refusal:
            limited = refusal.get_code() == "RequestLimitExceeded"
    expect(limited, "more than 20 requests per second are refused")


def balancer_dies(life, balancer, listeners):
    life.settled("DeleteListener", LoadBalancerId=balancer, ListenerId=listeners[1])
    life.refused(
        "InvalidParameter.ListenerIdNotFound", "DeleteListener", LoadBalancerId=balancer, ListenerId=listeners[1]
    )
    life.settled("DeleteLoadBalancerListeners", LoadBalancerId=balancer)
    expect(life.call("DescribeListeners", LoadBalancerId=balancer).TotalCount == 0, "no id named is all of them")
    life.settled("DeleteLoadBalancer", LoadBalancerIds=[balancer])
    expect(life.call("DescribeLoadBalancers").TotalCount == 0, "nothing is left")


def main():
    life = Life(json.loads(sys.stdin.readline())["tencent"])
    identity_is_checked(life)
    the_wire_is_read_as_it_is(life)
    contract_is_checked(life)
    balancer = balancer_is_born(life)
    internal_balancer_comes_and_goes(life)
    listeners = listeners_are_made(life, balancer)
    port = serve_pod()
    targets_are_bound(life, balancer, listeners, port)
    traffic_flows(life, balancer, listeners, port)
    attributes_change(life, balancer)
    deletion_is_guarded(life, balancer, listeners)
    faults_strike(life)
    balancer_dies(life, balancer, listeners)
    print("a whole life")


main()
