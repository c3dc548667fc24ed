"""What a plan is: account, stakeholders, white space, plan, tasks, review, logs, portfolio."""
