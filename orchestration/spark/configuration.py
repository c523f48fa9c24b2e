"""What Spark is told before it starts: the settings on which the models' results depend, and where
to write."""

from orchestration.spark.layout import SparkFolder
from orchestration.spark.missing_class import write_missing_class

# The models follow from these: changed ones give other rows, or errors.
MEANING = {
    # A cast that fails is an error, as in DuckDB, and not a null.
    "spark.sql.ansi.enabled": "true",
    "spark.sql.session.timeZone": "UTC",
    # Landed files write timestamps without a zone: they are UTC.
    "spark.sql.parquet.inferTimestampNTZ.enabled": "false",
    "spark.sql.parquet.outputTimestampType": "TIMESTAMP_MICROS",
    # Only the partitions that a statement writes are replaced.
    "spark.sql.sources.partitionOverwriteMode": "dynamic",
}
# And these only say how fast.
SIZE = {
    # A mart of many layers needs more than 100 rounds to be understood.
    "spark.sql.analyzer.maxIterations": "1000",
    "spark.sql.optimizer.maxIterations": "1000",
    # A model fits into a few tasks here; the default of 200 is for a hundred cores.
    "spark.sql.shuffle.partitions": "4",
    "spark.sql.leafNodeDefaultParallelism": "1",
    # dbt opens a session for each model: a Spark of its own for each would take seconds.
    "spark.sql.hive.thriftServer.singleSession": "true",
    "spark.sql.hive.metastorePartitionPruningFallbackOnException": "true",
    "spark.ui.enabled": "false",
}
LOGGING = """\
rootLogger.level = warn
rootLogger.appenderRef.console.ref = console
appender.console.type = Console
appender.console.name = console
appender.console.target = SYSTEM_ERR
appender.console.layout.type = PatternLayout
appender.console.layout.pattern = %d{yyyy-MM-dd HH:mm:ss} %p %c{1}: %m%n
"""
HIVE = """\
<?xml version="1.0"?>
<configuration>
{properties}
</configuration>
"""


def write_configuration(spark: SparkFolder, master: str, thrift_port: int) -> None:
    """Write the files of `conf/`: Spark's and Hive's settings, logging, the missing class."""
    for folder in (spark.conf, spark.tables, spark.logs):
        folder.mkdir(parents=True, exist_ok=True)
    jar = spark.conf / "missing_class.jar"
    write_missing_class(jar)
    # Planning is short-lived code: the first compiler is enough for it, but has only 48 MB for what
    # it compiles, which a whole build fills. The catalog can be made again: it need not reach the
    # disk.
    java_options = (
        "-Duser.timezone=UTC -XX:TieredStopAtLevel=1 -XX:ReservedCodeCacheSize=512m"
        " -Dderby.system.durability=test"
        f" -Dderby.system.home={spark.folder / 'metastore'}"
    )
    settings = (
        MEANING
        | SIZE
        | {
            "spark.master": master,
            "spark.driver.host": "127.0.0.1",
            "spark.driver.bindAddress": "127.0.0.1",
            "spark.driver.extraClassPath": str(jar),
            "spark.driver.extraJavaOptions": java_options,
            "spark.executor.extraJavaOptions": "-Duser.timezone=UTC",
            "spark.sql.warehouse.dir": spark.tables.as_uri(),
            "spark.sql.catalogImplementation": "hive",
        }
    )
    lines = [f"{name} {value}" for name, value in settings.items()]
    (spark.conf / "spark-defaults.conf").write_text("\n".join(lines) + "\n", encoding="utf-8")
    (spark.conf / "log4j2.properties").write_text(LOGGING, encoding="utf-8")
    scratch = spark.folder / "scratch"
    hive = {
        "javax.jdo.option.ConnectionURL": "jdbc:derby:;databaseName=catalog;create=true",
        "datanucleus.schema.autoCreateAll": "true",
        "hive.metastore.schema.verification": "false",
        "hive.server2.thrift.bind.host": "127.0.0.1",
        "hive.server2.thrift.port": str(thrift_port),
        "hive.exec.scratchdir": str(scratch),
        "hive.exec.local.scratchdir": str(scratch),
        # Each session its own: one that closes deletes it.
        "hive.downloaded.resources.dir": str(scratch / "${hive.session.id}_resources"),
        "hive.querylog.location": str(scratch),
        "hive.server2.logging.operation.log.location": str(scratch),
    }
    properties = "\n".join(
        f"  <property><name>{name}</name><value>{value}</value></property>"
        for name, value in hive.items()
    )
    (spark.conf / "hive-site.xml").write_text(HIVE.format(properties=properties), encoding="utf-8")
