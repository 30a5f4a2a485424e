"""Lives the whole life of a load balancer against `plumbline simulate` with Aliyun's own Python SDKs.

Reads the first line of `simulate` on stdin. Ends with 0 when everything went, and was refused, as with the real API.
Run as it is, it speaks through alibabacloud_slb20140515 (ACS3-HMAC-SHA256); aliyun_older_life.py lives the same life
through aliyun-python-sdk-slb (HMAC-SHA1).
"""

import base64
import hashlib
import hmac
import http.client
import json
import socket
import sys
import threading
import time
import urllib.parse
import urllib.request
import uuid

POD = "10.244.212.1"
POD_PLACE = "127.44.212.1"
POD_INTERFACE = "eni-0af4d401"
PATIENCE_SECONDS = 90
BUSY = ("BackendServer.configuring", "ServiceIsConfiguring", "DomainExtensionProcessing")
ECS = "2014-05-26"
VPC = "2016-04-28"


class Refused(Exception):
    def __init__(self, code, message):
        super().__init__("%s: %s" % (code, message))
        self.code = code


class Acs3Client:
    """The typed SDK of today."""

    def __init__(self, connection, key_id=None, secret=None):
        from alibabacloud_slb20140515 import models
        from alibabacloud_slb20140515.client import Client
        from alibabacloud_tea_openapi.models import Config

        self.models = models
        self.region = connection["region"]
        self.client = Client(
            Config(
                access_key_id=key_id or connection["accessKeyId"],
                access_key_secret=secret or connection["accessKeySecret"],
                region_id=connection["region"],
                endpoint=connection["endpoint"].removeprefix("http://"),
                protocol="HTTP",
            )
        )
        self.methods = {name.replace("_", ""): name for name in dir(self.client)}

    def call(self, action, **parameters):
        request = getattr(self.models, action + "Request")().from_map(parameters)
        return self.guarded(lambda: getattr(self.client, self.methods[action.lower()])(request).body.to_map())

    def other(self, version, action, **parameters):
        """An action of another product, by its flat parameters."""
        from alibabacloud_tea_openapi.models import OpenApiRequest, Params
        from alibabacloud_tea_util.models import RuntimeOptions

        params = Params(
            action=action,
            version=version,
            protocol="HTTP",
            pathname="/",
            method="POST",
            auth_type="AK",
            style="RPC",
            req_body_type="formData",
            body_type="json",
        )
        request = OpenApiRequest(query=dict(parameters, RegionId=self.region))
        return self.guarded(lambda: self.client.call_api(params, request, RuntimeOptions())["body"])

    @staticmethod
    def guarded(call):
        try:
            return call()
        except Exception as refusal:
            code = getattr(refusal, "code", None)
            if code is None:
                raise
            raise Refused(code, str(refusal)) from refusal


class Life:
    def __init__(self, connection, client_type):
        self.connection = connection
        self.client_type = client_type
        self.client = client_type(connection)
        self.region = connection["region"]

    def call(self, action, **parameters):
        parameters.setdefault("RegionId", self.region)
        return self.client.call(action, **parameters)

    def settled(self, action, **parameters):
        """Calls again while the balancer is still being configured."""
        until = time.monotonic() + PATIENCE_SECONDS
        while True:
            try:
                return self.call(action, **parameters)
            except Refused as refusal:
                if refusal.code not in BUSY or time.monotonic() > until:
                    raise
                time.sleep(0.05)

    def refused(self, code, action, client=None, **parameters):
        parameters.setdefault("RegionId", self.region)
        until = time.monotonic() + PATIENCE_SECONDS
        while True:
            try:
                (client or self.client).call(action, **parameters)
            except Refused as refusal:
                if refusal.code in BUSY and code not in BUSY and time.monotonic() < until:
                    time.sleep(0.05)
                    continue
                expect(refusal.code == code, "%s: expected %s, got %s" % (action, code, refusal))
                print("refused as it should be: %s: %s" % (action, refusal.code))
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
    wrong_secret = life.client_type(life.connection, secret="wrong")
    unknown_key = life.client_type(life.connection, key_id="nobody")
    life.refused("SignatureDoesNotMatch", "DescribeLoadBalancers", wrong_secret)
    life.refused("InvalidAccessKeyId.NotFound", "DescribeLoadBalancers", unknown_key)
    life.refused("InvalidRegionId.NotFound", "DescribeLoadBalancers", RegionId="cn-nowhere")


def by_hand(life, action="DescribeLoadBalancers", nonce=None, age_seconds=0, version="2014-05-15", in_form=False):
    """An action signed with HMAC-SHA1 by hand, with a body in chunks; returns the error code."""
    parameters = {
        "Action": action,
        "Version": version,
        "Format": "JSON",
        "RegionId": life.region,
        "AccessKeyId": life.connection["accessKeyId"],
        "SignatureMethod": "HMAC-SHA1",
        "SignatureVersion": "1.0",
        "SignatureNonce": nonce or str(uuid.uuid4()),
        "Timestamp": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(time.time() - age_seconds)),
    }
    encoded = "&".join(
        "%s=%s" % (name, urllib.parse.quote(value, safe="~")) for name, value in sorted(parameters.items())
    )
    to_sign = "POST&%2F&" + urllib.parse.quote(encoded, safe="~")
    key = (life.connection["accessKeySecret"] + "&").encode()
    signature = base64.b64encode(hmac.new(key, to_sign.encode(), hashlib.sha1).digest()).decode()
    encoded += "&Signature=" + urllib.parse.quote(signature, safe="")
    connection = http.client.HTTPConnection(life.connection["endpoint"].removeprefix("http://"))
    connection.request(
        "POST",
        "/" if in_form else "/?" + encoded,
        iter([encoded[:100].encode(), encoded[100:].encode()] if in_form else [b""]),
        {"Content-Type": "application/x-www-form-urlencoded"},
        encode_chunked=True,
    )
    reply = json.load(connection.getresponse())
    connection.close()
    return reply.get("Code", "OK")


def the_wire_is_read_as_it_is(life):
    expect(by_hand(life) == "OK", "parameters in the query")
    expect(by_hand(life, in_form=True) == "OK", "parameters in a form that comes in chunks")
    expect(by_hand(life, nonce="one") == "OK", "a nonce is good once")
    expect(by_hand(life, nonce="one") == "SignatureNonceUsed", "and not twice")
    expect(by_hand(life, age_seconds=1000) == "InvalidTimeStamp.Expired", "an old request is refused")
    expect(by_hand(life, action="DescribeWeather") == "InvalidAction.NotFound", "an unknown action is refused")
    expect(by_hand(life, version="2013-01-01") == "InvalidVersion", "an unknown version is refused")


def contract_is_checked(life):
    life.refused("MissingParameter", "DescribeLoadBalancerAttribute")
    life.refused("InvalidParameter", "CreateLoadBalancer", AddressType="somewhere")
    life.refused("MissingParam.LoadBalancerSpec", "CreateLoadBalancer")
    life.refused("MissingParam.VSwitchId", "CreateLoadBalancer", AddressType="intranet")
    life.refused("InvalidVSwitchId.NotFound", "CreateLoadBalancer", VSwitchId="vsw-none")
    life.refused("InvalidLoadBalancerId.NotFound", "DescribeLoadBalancerAttribute", LoadBalancerId="lb-none")
    life.refused("InvalidLoadBalancerId.NotFound", "DeleteLoadBalancer", LoadBalancerId="lb-none")


def balancer_is_born(life):
    wish = {
        "ClientToken": "a-token",
        "LoadBalancerName": "life",
        "InstanceChargeType": "PayByCLCU",
        "DeleteProtection": "on",
        "Tag": [{"Key": "owner", "Value": "life"}],
    }
    born = life.call("CreateLoadBalancer", **wish)
    again = life.call("CreateLoadBalancer", **wish)
    expect(again["LoadBalancerId"] == born["LoadBalancerId"], "the same token makes no second one")
    life.refused("LX_REQUEST_TOKEN_CONFLICT", "CreateLoadBalancer", **dict(wish, LoadBalancerName="other"))
    found = life.call("DescribeLoadBalancers", Tags='[{"TagKey":"owner","TagValue":"life"}]')
    expect(found["TotalCount"] == 1, "it is found by its tag")
    told = found["LoadBalancers"]["LoadBalancer"][0]
    expect(told["Address"].startswith("127.200.") and told["LoadBalancerStatus"] == "active", "address and status")
    expect(life.call("DescribeLoadBalancers", LoadBalancerName="nobody")["TotalCount"] == 0, "no other by its name")
    return born["LoadBalancerId"]


def internal_balancer_comes_and_goes(life):
    internal = life.call(
        "CreateLoadBalancer",
        AddressType="intranet",
        VSwitchId=life.connection["subnetIds"][0],
        LoadBalancerSpec="slb.s1.small",
    )
    told = life.call("DescribeLoadBalancerAttribute", LoadBalancerId=internal["LoadBalancerId"])
    expect(told["NetworkType"] == "vpc" and told["VSwitchId"] == life.connection["subnetIds"][0], "in its VSwitch")
    life.settled("DeleteLoadBalancer", LoadBalancerId=internal["LoadBalancerId"])


def pod_backend(port, weight=100):
    return {
        "ServerId": POD_INTERFACE,
        "ServerIp": POD,
        "Type": "eni",
        "Port": str(port),
        "Weight": str(weight),
        "Description": "k8s/80/web/default/c1",
    }


def interfaces_are_found(life):
    told = life.client.other(ECS, "DescribeNetworkInterfaces", **{"PrivateIpAddress.1": POD, "MaxResults": "100"})
    interface = told["NetworkInterfaceSets"]["NetworkInterfaceSet"][0]
    expect(interface["NetworkInterfaceId"] == POD_INTERFACE, "the interface of the Pod's address")
    expect(told["TotalCount"] == 1, "one interface")
    vpcs = life.client.other(VPC, "DescribeVpcs", VpcId=life.connection["vpcId"])
    expect(vpcs["Vpcs"]["Vpc"][0]["CidrBlock"] == "10.0.0.0/8", "the VPC's block")
    switches = life.client.other(VPC, "DescribeVSwitches")["VSwitches"]["VSwitch"]
    expect([each["VSwitchId"] for each in switches] == life.connection["subnetIds"], "the VSwitches")
    instances = life.client.other(ECS, "DescribeInstances")["Instances"]["Instance"]
    expect([each["InstanceId"] for each in instances] == life.connection["instanceIds"], "the instances")


def group_is_made(life, balancer, port):
    group = life.settled("CreateVServerGroup", LoadBalancerId=balancer, VServerGroupName="k8s/80/web/default/c1")
    # The next change comes too early: the balancer is still being configured.
    life.put("quotas", {"configuring-millis": 60000})
    life.settled("AddVServerGroupBackendServers", **servers(group, pod_backend(port)))
    life.refused("BackendServer.configuring", "AddVServerGroupBackendServers", **servers(group, pod_backend(81)))
    life.put("quotas", {"configuring-millis": 100})
    life.put("clock", {"advanceMillis": 60000})
    instance = {"ServerId": life.connection["instanceIds"][0], "Port": 30080, "weight": 0}
    life.settled("AddVServerGroupBackendServers", **servers(group, instance))
    told = life.call("DescribeVServerGroupAttribute", VServerGroupId=group["VServerGroupId"])
    types = [(each["Type"], each["Weight"]) for each in told["BackendServers"]["BackendServer"]]
    expect(types == [("eni", 100), ("ecs", 0)], "an interface and an instance: %s" % types)
    stranger = dict(pod_backend(80), ServerId="eni-00000001")
    life.refused("ResourceNotFound.vServers", "AddVServerGroupBackendServers", **servers(group, stranger))
    gone = dict(instance, ServerId="i-none")
    life.refused("InvalidServerId.NotExist", "AddVServerGroupBackendServers", **servers(group, gone))
    heavy = dict(pod_backend(82), Weight="101")
    life.refused("InvalidParameter", "AddVServerGroupBackendServers", **servers(group, heavy))
    many = [pod_backend(1000 + count) for count in range(21)]
    life.refused("BackendServersNumberOverLimit", "AddVServerGroupBackendServers", **servers(group, *many))
    life.put("quotas", {"backends-per-balancer": 2})
    life.refused("InstanceBackendServerNumberOverLimit", "AddVServerGroupBackendServers", **servers(group, pod_backend(83)))
    life.put("quotas", {"backends-per-balancer": 200})
    life.settled("RemoveVServerGroupBackendServers", **servers(group, instance))
    life.settled("RemoveVServerGroupBackendServers", **servers(group, instance))
    life.refused("InvalidParameter", "DescribeVServerGroupAttribute", VServerGroupId="rsp-none")
    return group["VServerGroupId"]


def servers(group, *backends):
    return {"VServerGroupId": group["VServerGroupId"], "BackendServers": json.dumps(backends)}


def listeners_are_made(life, balancer, group):
    common = {"LoadBalancerId": balancer, "Bandwidth": -1, "VServerGroupId": group}
    life.refused("MissingParameter", "CreateLoadBalancerTCPListener", LoadBalancerId=balancer, ListenerPort=8212)
    life.refused("InvalidParameter", "CreateLoadBalancerTCPListener", ListenerPort=8212, Scheduler="qch", **common)
    life.refused("InvalidParameter", "CreateLoadBalancerTCPListener", ListenerPort=8212, HealthyThreshold=1, **common)
    life.refused("MissingParam.AclId", "CreateLoadBalancerTCPListener", ListenerPort=8212, AclStatus="on", **common)
    life.settled(
        "CreateLoadBalancerTCPListener",
        ListenerPort=8212,
        HealthyThreshold=2,
        UnhealthyThreshold=2,
        healthCheckInterval=1,
        Description="k8s/80/web/default/c1",
        **common
    )
    life.refused("ListenerAlreadyExists", "CreateLoadBalancerTCPListener", ListenerPort=8212, **common)
    life.settled("CreateLoadBalancerUDPListener", ListenerPort=8212, **common)
    life.settled("CreateLoadBalancerHTTPListener", ListenerPort=8213, HealthCheck="off", **common)
    life.refused("MissingParam.ServerCertificateId", "CreateLoadBalancerHTTPSListener", ListenerPort=8443, HealthCheck="off", **common)
    told = life.call("DescribeLoadBalancerListeners", LoadBalancerId=[balancer], MaxResults=2)
    found = [(each["ListenerProtocol"], each["ListenerPort"], each["Status"]) for each in told["Listeners"]]
    expect(found == [("tcp", 8212, "stopped"), ("udp", 8212, "stopped")], "the first page: %s" % found)
    rest = life.call("DescribeLoadBalancerListeners", LoadBalancerId=[balancer], NextToken=told["NextToken"])
    expect([each["ListenerPort"] for each in rest["Listeners"]] == [8213], "the second page")
    check = told["Listeners"][0]["TCPListenerConfig"]
    expect(check["HealthCheckInterval"] == 1 and check["HealthyThreshold"] == 2, "as asked for")
    life.refused("MissingParam.ListenerProtocol", "StartLoadBalancerListener", LoadBalancerId=balancer, ListenerPort=8212)
    life.settled("StartLoadBalancerListener", LoadBalancerId=balancer, ListenerPort=8212, ListenerProtocol="tcp")
    life.refused("RspoolVipExist", "DeleteVServerGroup", VServerGroupId=group)
    life.settled("DeleteLoadBalancerListener", LoadBalancerId=balancer, ListenerPort=8212, ListenerProtocol="udp")
    life.settled(
        "SetLoadBalancerTCPListenerAttribute", LoadBalancerId=balancer, ListenerPort=8212, Scheduler="rr", PersistenceTimeout=0
    )
    told = life.call("DescribeLoadBalancerTCPListenerAttribute", LoadBalancerId=balancer, ListenerPort=8212)
    expect(told["Scheduler"] == "rr" and told["HealthyThreshold"] == 2, "what is not named stays")


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


def answer(place):
    host, port = place.split(":")
    try:
        with socket.create_connection((host, int(port)), timeout=10) as connection:
            return connection.recv(100)
    except OSError:
        return b""


def traffic_flows(life, balancer, group, port):
    until = time.monotonic() + PATIENCE_SECONDS
    health = None
    while health != "normal" and time.monotonic() < until:
        told = life.call("DescribeHealthStatus", LoadBalancerId=balancer)["BackendServers"]["BackendServer"]
        health = [each["ServerHealthStatus"] for each in told if each["ListenerPort"] == 8212][0]
        time.sleep(0.2)
    expect(health == "normal", "the backend became healthy")
    listener = [each for each in life.state()["loadBalancers"][0]["listeners"] if each["protocol"] == "TCP"][0]
    expect(answer(listener["dataPlane"]) == b"the pod\n", "the listener leads to the backend")
    weightless = pod_backend(port, weight=0)
    life.settled("SetVServerGroupAttribute", VServerGroupId=group, BackendServers=json.dumps([weightless]))
    while answer(listener["dataPlane"]) != b"" and time.monotonic() < until:
        time.sleep(0.2)
    expect(answer(listener["dataPlane"]) == b"", "a backend of weight 0 gets no connection")


def access_is_listed(life, balancer):
    acl = life.call("CreateAccessControlList", AclName="life")["AclId"]
    life.call("AddAccessControlListEntry", AclId=acl, AclEntrys='[{"entry":"10.0.1.0/24","comment":"a"}]')
    life.refused("InvalidParameter", "AddAccessControlListEntry", AclId=acl, AclEntrys='[{"entry":"10.0.1.0"}]')
    life.settled(
        "SetLoadBalancerTCPListenerAttribute",
        LoadBalancerId=balancer,
        ListenerPort=8212,
        AclStatus="on",
        AclId=acl,
        AclType="white",
    )
    life.refused("AclInUsed", "DeleteAccessControlList", AclId=acl)
    told = life.call("DescribeAccessControlListAttribute", AclId=acl)
    expect(told["AclEntrys"]["AclEntry"][0]["AclEntryIP"] == "10.0.1.0/24", "the entry")
    expect(told["RelatedListeners"]["RelatedListener"][0]["ListenerPort"] == 8212, "the listener")
    life.settled("SetLoadBalancerTCPListenerAttribute", LoadBalancerId=balancer, ListenerPort=8212, AclStatus="off")
    life.call("DeleteAccessControlList", AclId=acl)
    life.refused("AclNotExist", "DeleteAccessControlList", AclId=acl)


def attributes_change(life, balancer):
    life.call("SetLoadBalancerName", LoadBalancerId=balancer, LoadBalancerName="renamed")
    life.refused("InvalidParameter", "SetLoadBalancerName", LoadBalancerId=balancer, LoadBalancerName="1st")
    life.refused("OperationDenied.PayByCLCU", "ModifyLoadBalancerInstanceSpec", LoadBalancerId=balancer, LoadBalancerSpec="slb.s1.small")
    tag = {"Key": "colour", "Value": "blue"}
    life.call("TagResources", ResourceType="instance", ResourceId=[balancer], Tag=[tag])
    told = life.call("ListTagResources", ResourceType="instance", ResourceId=[balancer])
    keys = [each["TagKey"] for each in told["TagResources"]["TagResource"]]
    expect(keys == ["owner", "colour"], "both tags: %s" % keys)
    life.call("UntagResources", ResourceType="instance", ResourceId=[balancer], TagKey=["colour"])


def faults_strike(life):
    life.put("faults", [{"action": "DescribeLoadBalancers", "nth": 1, "do": "error", "code": "ServiceUnavailable"}])
    life.refused("ServiceUnavailable", "DescribeLoadBalancers")
    expect(life.call("DescribeLoadBalancers")["TotalCount"] == 1, "the fault strikes once")
    life.put("faults", [])
    until = time.monotonic() + PATIENCE_SECONDS
    limited = False
    while not limited and time.monotonic() < until:
        try:
            life.call("ListTagResources", ResourceType="instance")
        except Refused as refusal:
            limited = refusal.code == "Throttling.User"
    expect(limited, "more than 10 requests per second are refused")


def balancer_dies(life, balancer, group):
    life.refused("OperationDenied.DeleteProtectionIsOn", "DeleteLoadBalancer", LoadBalancerId=balancer)
    life.call("SetLoadBalancerDeleteProtection", LoadBalancerId=balancer, DeleteProtection="off")
    life.settled("StopLoadBalancerListener", LoadBalancerId=balancer, ListenerPort=8212)
    life.settled("DeleteLoadBalancerListener", LoadBalancerId=balancer, ListenerPort=8212)
    life.refused("InvalidParameter", "DeleteLoadBalancerListener", LoadBalancerId=balancer, ListenerPort=8212)
    life.settled("DeleteLoadBalancer", LoadBalancerId=balancer)
    life.refused("InvalidParameter", "DeleteVServerGroup", VServerGroupId=group)
    expect(life.call("DescribeLoadBalancers")["TotalCount"] == 0, "nothing is left")


def live(client_type):
    life = Life(json.loads(sys.stdin.readline())["aliyun"], client_type)
    identity_is_checked(life)
    the_wire_is_read_as_it_is(life)
    contract_is_checked(life)
    balancer = balancer_is_born(life)
    internal_balancer_comes_and_goes(life)
    interfaces_are_found(life)
    port = serve_pod()
    group = group_is_made(life, balancer, port)
    listeners_are_made(life, balancer, group)
    traffic_flows(life, balancer, group, port)
    access_is_listed(life, balancer)
    attributes_change(life, balancer)
    faults_strike(life)
    balancer_dies(life, balancer, group)
    print("a whole life")


if __name__ == "__main__":
    live(Acs3Client)
