"""Lives the whole life of a Network Load Balancer against `plumbline simulate` with boto3.

Reads the first line of `simulate` on stdin. Ends with 0 when everything went, and was refused, as with the real API.
"""

import base64
import json
import socket
import sys
import threading
import time
import urllib.request

import boto3
from botocore import UNSIGNED
from botocore.config import Config
from botocore.exceptions import ClientError

POD = "10.244.220.1"
POD_PLACE = "127.44.220.1"
PORT = 8220
PATIENCE_SECONDS = 90
ROLE = "arn:aws:iam::123456789012:role/plumbline"


class Life:
    def __init__(self, connection):
        self.connection = connection
        self.elb = self.client("elbv2")
        self.ec2 = self.client("ec2")
        self.acm = self.client("acm")

    def client(self, service, secret=None, key=None, token=None, signed=True):
        once = {"retries": {"max_attempts": 0}}
        config = Config(**once) if signed else Config(signature_version=UNSIGNED, **once)
        return boto3.client(
            service,
            endpoint_url=self.connection["endpoint"],
            region_name=self.connection["region"],
            aws_access_key_id=key or self.connection["accessKeyId"],
            aws_secret_access_key=secret or self.connection["secretAccessKey"],
            aws_session_token=token,
            config=config,
        )

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


def refused(code, call, **parameters):
    """The call must be refused with this code."""
    try:
        call(**parameters)
    except ClientError as refusal:
        found = refusal.response["Error"]["Code"]
        expect(found == code, "expected %s, got %s" % (code, refusal))
        print("refused as it should be: %s: %s" % (refusal.operation_name, found))
        return
    raise AssertionError("not refused with %s: %s" % (code, parameters))


def wait_for(what, holds):
    until = time.monotonic() + PATIENCE_SECONDS
    while not holds():
        expect(time.monotonic() < until, "waited in vain for " + what)
        time.sleep(0.2)


def identity_is_checked(life):
    refused("SignatureDoesNotMatch", life.client("elbv2", secret="wrong").describe_load_balancers)
    refused("InvalidClientTokenId", life.client("elbv2", key="AKIANOBODY0000000000").describe_load_balancers)
    refused("AuthFailure", life.client("ec2", secret="wrong").describe_vpcs)
    refused("InvalidSignatureException", life.client("acm", secret="wrong").list_certificates)
    refused("MissingAuthenticationToken", life.client("elbv2", signed=False).describe_load_balancers)


def token(audience):
    claims = {"iss": "https://kubernetes.default.svc", "sub": "life", "aud": [audience], "exp": int(time.time()) + 600}
    return "e30." + base64.urlsafe_b64encode(json.dumps(claims).encode()).decode().rstrip("=") + ".c2ln"


def a_web_identity_becomes_a_session(life):
    sts = life.client("sts", signed=False)
    order = {"RoleArn": ROLE, "RoleSessionName": "python"}
    refused("InvalidIdentityToken", sts.assume_role_with_web_identity, WebIdentityToken=token("other"), **order)
    got = sts.assume_role_with_web_identity(WebIdentityToken=token("sts.amazonaws.com"), **order)["Credentials"]
    session = life.client(
        "sts", key=got["AccessKeyId"], secret=got["SecretAccessKey"], token=got["SessionToken"]
    ).get_caller_identity()
    expect(session["Arn"].endswith(":assumed-role/plumbline/python"), "the session knows who it is")


def contract_is_checked(life):
    refused("ValidationError", life.elb.create_load_balancer, Name="x", Type="network", Scheme="sideways")
    refused("ValidationError", life.elb.create_target_group, Name="x" * 33, Protocol="TCP", Port=80)
    refused("InvalidAction", life.elb.describe_trust_stores)
    refused("LoadBalancerNotFound", life.elb.describe_load_balancers, Names=["nobody"])
    refused("InvalidSubnetID.NotFound", life.ec2.describe_subnets, SubnetIds=["subnet-none"])


def the_vpc_is_told(life):
    role = [{"Name": "tag:kubernetes.io/role/elb", "Values": ["1", ""]}]
    subnets = life.ec2.describe_subnets(Filters=role)["Subnets"]
    expect(len({each["AvailabilityZone"] for each in subnets}) == 2, "public subnets in two zones")
    tables = life.ec2.describe_route_tables(
        Filters=[{"Name": "association.subnet-id", "Values": [subnets[0]["SubnetId"]]}]
    )["RouteTables"]
    expect(any(each["GatewayId"].startswith("igw-") for each in tables[0]["Routes"]), "a way to the internet")
    instances = life.ec2.describe_instances(InstanceIds=life.connection["instanceIds"])["Reservations"]
    expect(instances[0]["Instances"][0]["PrivateIpAddress"] == "10.0.0.1", "an instance and its address")
    return [each["SubnetId"] for each in subnets]


def a_security_group_is_made(life):
    order = {"Description": "of a life", "VpcId": life.connection["vpcId"]}
    group = life.ec2.create_security_group(GroupName="life", **order)["GroupId"]
    refused("InvalidGroup.Duplicate", life.ec2.create_security_group, GroupName="life", **order)
    web = [{"IpProtocol": "tcp", "FromPort": PORT, "ToPort": PORT, "IpRanges": [{"CidrIp": "0.0.0.0/0"}]}]
    life.ec2.authorize_security_group_ingress(GroupId=group, IpPermissions=web)
    refused(
        "InvalidPermission.Duplicate", life.ec2.authorize_security_group_ingress, GroupId=group, IpPermissions=web
    )
    life.ec2.create_tags(Resources=[group], Tags=[{"Key": "life", "Value": "python"}])
    found = life.ec2.describe_security_groups(Filters=[{"Name": "tag:life", "Values": ["python"]}])["SecurityGroups"]
    expect(found[0]["IpPermissions"][0]["FromPort"] == PORT, "the rule is there")
    return group


def a_group_is_made(life):
    order = {
        "Name": "life",
        "Protocol": "TCP",
        "Port": 80,
        "VpcId": life.connection["vpcId"],
        "TargetType": "ip",
        "HealthCheckIntervalSeconds": 5,
        "HealthCheckTimeoutSeconds": 2,
        "HealthyThresholdCount": 2,
        "UnhealthyThresholdCount": 2,
    }
    made = life.elb.create_target_group(**order)["TargetGroups"][0]
    again = life.elb.create_target_group(**order)["TargetGroups"][0]
    expect(made["TargetGroupArn"] == again["TargetGroupArn"], "the same name and settings are the same group")
    refused("DuplicateTargetGroupName", life.elb.create_target_group, **dict(order, Port=81))
    return made["TargetGroupArn"]


def a_balancer_is_made(life, subnets, security_group):
    order = {"Name": "life", "Type": "network", "Subnets": subnets, "SecurityGroups": [security_group]}
    made = life.elb.create_load_balancer(**order, Tags=[{"Key": "life", "Value": "python"}])["LoadBalancers"][0]
    expect(made["State"]["Code"] == "provisioning", "it is provisioned first")
    expect(made["DNSName"].endswith(".elb.%s.amazonaws.com" % life.connection["region"]), "it has a name")
    again = life.elb.create_load_balancer(**order)["LoadBalancers"][0]
    expect(again["LoadBalancerArn"] == made["LoadBalancerArn"], "the same name and settings are the same balancer")
    refused("DuplicateLoadBalancerName", life.elb.create_load_balancer, **dict(order, Scheme="internal"))
    refused("SubnetNotFound", life.elb.create_load_balancer, **dict(order, Name="no", Subnets=["subnet-none"]))
    life.elb.get_waiter("load_balancer_available").wait(
        LoadBalancerArns=[made["LoadBalancerArn"]], WaiterConfig={"Delay": 1, "MaxAttempts": PATIENCE_SECONDS}
    )
    refused("DependencyViolation", life.ec2.delete_security_group, GroupId=security_group)
    return made["LoadBalancerArn"]


def a_listener_is_made(life, balancer, group):
    order = {
        "LoadBalancerArn": balancer,
        "Protocol": "TCP",
        "Port": PORT,
        "DefaultActions": [{"Type": "forward", "TargetGroupArn": group}],
    }
    listener = life.elb.create_listener(**order)["Listeners"][0]["ListenerArn"]
    refused("DuplicateListener", life.elb.create_listener, **order)
    refused("IncompatibleProtocols", life.elb.create_listener, **dict(order, Protocol="UDP", Port=PORT + 1))
    refused("ResourceInUse", life.elb.delete_target_group, TargetGroupArn=group)
    return listener


def encryption_is_asked_for(life, balancer, group):
    certificate = life.acm.list_certificates()["CertificateSummaryList"][0]["CertificateArn"]
    domain = life.acm.describe_certificate(CertificateArn=certificate)["Certificate"]["DomainName"]
    expect(domain == "example.com", "a certificate that exists")
    order = {
        "LoadBalancerArn": balancer,
        "Protocol": "TLS",
        "Port": PORT + 2,
        "DefaultActions": [{"Type": "forward", "TargetGroupArn": group}],
    }
    refused("ValidationError", life.elb.create_listener, **order)
    made = life.elb.create_listener(**order, Certificates=[{"CertificateArn": certificate}])["Listeners"][0]
    expect(made["SslPolicy"] == "ELBSecurityPolicy-2016-08", "the usual policy")
    refused("ResourceInUseException", life.acm.delete_certificate, CertificateArn=certificate)
    life.elb.delete_listener(ListenerArn=made["ListenerArn"])


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


def health(life, group, target):
    told = life.elb.describe_target_health(TargetGroupArn=group, Targets=[target])["TargetHealthDescriptions"]
    return told[0]["TargetHealth"]


def answer(life):
    place = life.state()["loadBalancers"][0]["listeners"][0].get("dataPlane")
    if place is None:
        return b""
    host, port = place.split(":")
    try:
        with socket.create_connection((host, int(port)), timeout=10) as connection:
            return connection.recv(100)
    except OSError:
        return b""


def traffic_flows(life, group):
    target = {"Id": POD, "Port": serve_pod()}
    expect(health(life, group, target)["Reason"] == "Target.NotRegistered", "nobody is registered")
    refused("ValidationError", life.elb.register_targets, TargetGroupArn=group, Targets=[{"Id": "192.168.1.1"}])
    life.elb.register_targets(TargetGroupArn=group, Targets=[target])
    wait_for("the target to be healthy", lambda: health(life, group, target)["State"] == "healthy")
    wait_for("the listener to lead to the target", lambda: answer(life) == b"the pod\n")
    life.elb.modify_target_group_attributes(
        TargetGroupArn=group, Attributes=[{"Key": "deregistration_delay.timeout_seconds", "Value": "20"}]
    )
    life.put("quotas", {"deregistered-still-serves-millis": 8000})
    life.elb.deregister_targets(TargetGroupArn=group, Targets=[target])
    expect(health(life, group, target)["Reason"] == "Target.DeregistrationInProgress", "it drains")
    expect(answer(life) == b"the pod\n", "a deregistered target still gets connections for a while")
    wait_for("no more connections", lambda: answer(life) == b"")
    wait_for("the end", lambda: health(life, group, target).get("Reason") == "Target.NotRegistered")


def attributes_change(life, balancer, listener):
    protection = {"Key": "deletion_protection.enabled", "Value": "true"}
    life.elb.modify_load_balancer_attributes(LoadBalancerArn=balancer, Attributes=[protection])
    refused("OperationNotPermitted", life.elb.delete_load_balancer, LoadBalancerArn=balancer)
    protection["Value"] = "false"
    life.elb.modify_load_balancer_attributes(LoadBalancerArn=balancer, Attributes=[protection])
    refused(
        "InvalidConfigurationRequest",
        life.elb.modify_load_balancer_attributes,
        LoadBalancerArn=balancer,
        Attributes=[{"Key": "idle_timeout.timeout_seconds", "Value": "60"}],
    )
    life.elb.modify_listener_attributes(
        ListenerArn=listener, Attributes=[{"Key": "tcp.idle_timeout.seconds", "Value": "600"}]
    )
    life.elb.add_tags(ResourceArns=[listener], Tags=[{"Key": "colour", "Value": "red"}])
    life.elb.remove_tags(ResourceArns=[balancer], TagKeys=["life"])
    tags = life.elb.describe_tags(ResourceArns=[listener, balancer])["TagDescriptions"]
    expect(tags[0]["Tags"] == [{"Key": "colour", "Value": "red"}] and tags[1]["Tags"] == [], "tags as set")


def faults_strike(life):
    life.put("faults", [{"action": "DescribeLoadBalancers", "nth": 1, "do": "error", "code": "InternalFailure"}])
    refused("InternalFailure", life.elb.describe_load_balancers)
    life.elb.describe_load_balancers()
    life.put("faults", [])
    life.put("quotas", {"reads-per-second": 0, "reads-at-once": 0})
    refused("Throttling", life.elb.describe_account_limits)
    life.put("quotas", {"reads-per-second": None})


def everything_dies(life, balancer, group, security_group):
    life.elb.delete_load_balancer(LoadBalancerArn=balancer)
    life.elb.delete_load_balancer(LoadBalancerArn=balancer)
    life.elb.delete_target_group(TargetGroupArn=group)
    life.ec2.delete_security_group(GroupId=security_group)
    refused("InvalidGroup.NotFound", life.ec2.delete_security_group, GroupId=security_group)
    expect(life.elb.describe_load_balancers()["LoadBalancers"] == [], "no balancer is left")
    expect(life.elb.describe_target_groups()["TargetGroups"] == [], "no group is left")


def main():
    life = Life(json.loads(sys.stdin.readline())["aws"])
    identity_is_checked(life)
    a_web_identity_becomes_a_session(life)
    contract_is_checked(life)
    subnets = the_vpc_is_told(life)
    security_group = a_security_group_is_made(life)
    group = a_group_is_made(life)
    balancer = a_balancer_is_made(life, subnets, security_group)
    listener = a_listener_is_made(life, balancer, group)
    encryption_is_asked_for(life, balancer, group)
    traffic_flows(life, group)
    attributes_change(life, balancer, listener)
    faults_strike(life)
    everything_dies(life, balancer, group, security_group)
    print("a whole life")


main()
