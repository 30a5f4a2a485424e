# Everything a developer runs. `make verify` is exactly what CI runs.
JAVA_HOME := $(shell bin/jdk)
export JAVA_HOME
MAVEN := mvn --batch-mode --no-transfer-progress
CLOUD ?= tencent

.PHONY: help demo verify golden format image

help: ## shows this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "%-8s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

demo: ## a rolling update under load on a simulated cloud (CLOUD=aliyun, aws or tencent), with and without gates
	@bin/plumbline demo --cloud $(CLOUD) $(DEMO_OPTIONS)

verify: ## builds everything and runs every check and test
	$(MAVEN) verify

golden: ## rewrites the expected files of scenarios and the generated documents
	$(MAVEN) -Dgolden=write -Dsurefire.failIfNoSpecifiedTests=false -Dtest='ScenarioTest,*PageTest' test

format: ## formats the sources
	$(MAVEN) spotless:apply

image: ## writes the controller's image to app/target/plumbline-image.tar; fetches its base from a registry
	$(MAVEN) -Pimage -pl app -am -DskipTests package
