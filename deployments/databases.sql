-- Run once by PostgreSQL's image on an empty data directory: a database for Prefect beside ours.
CREATE DATABASE prefect;
